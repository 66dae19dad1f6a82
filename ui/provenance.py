"""What opens when a reader selects a mark or a row: the value, how it came about, its facts and sources, and what disagrees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from indicators import catalog, language
from indicators.charts.chart import Chart, Target
from indicators.charts.wording import STATUS_TEXTS
from indicators.dataset import Dataset
from indicators.explanations import explain
from indicators.fact_texts import fact_text, place_of, rivals
from indicators.known_in_part import facts_in_part
from indicators.language import _, mark, ngettext
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from ui import state
from ui.filters import View
from ui.sitemap import COUNTRY_PAGE
from ui.sources import source_link
from ui.state import Control

MOST_FACTS = 40
_MOST_CHOICES = 20  # marks that the drawer of a whole card offers at once
_LONGEST_SAYING = 90  # letters of what a mark says, in that list
_BACKGROUND = ("context:", "rate:", "country:", "incidence:")  # figures that a value was set beside or converted with
_CONFIDENCE_TEXTS = {"high": mark("high confidence"), "medium": mark("medium confidence"), "low": mark("low confidence")}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of facts or sources that opens as a figure does: its title, and what opens for each key of its rows."""

    id: str
    title: str
    targets: Mapping[str, Target]


# The drawer of a whole card begins with its field: whoever types finds a country at once. Nobody must: a list is below it.
_FOCUS = """<script>
(() => { let tries = 0; if (matchMedia("(hover: none)").matches) return;  // on a touch screen the keys would cover the list
  const aim = () => {
  const field = document.querySelector("[role=dialog] [class*='st-key-choose-'] input");
  if (field) field.focus(); else if (tries++ < 40) setTimeout(aim, 25);
}; aim(); })();
</script>"""


def _opened(text: str) -> str:
    if text and not re.fullmatch(r"[a-z_]+(\.[\w.:+~-]+)?", text):
        raise ValueError(text)
    return text


# What is open: the card's name, and after a dot the key of the mark or row.
OPEN = Control("open", "", _opened)


def opened_in(card: str) -> str | None:
    """Return the key that is open in a card: "" for the card's evidence as a whole, None when nothing is."""
    name, _dot, key = str(state.value(OPEN)).partition(".")
    return key if name == card else None


def open_target(card: str, key: str = "") -> None:
    """Open a mark's evidence, or a card's as a whole; for callbacks."""
    state.put(OPEN, f"{card}.{key}" if key else card)


def _close() -> None:
    state.put(OPEN, "")


def panel(card: str, current: View, shown: Chart | Listing, key: str) -> None:
    """Open the drawer with the evidence behind a mark of a chart; "" lets the reader choose one."""
    if key and key not in shown.targets:
        state.complain(OPEN)
        return
    st.dialog(_("The evidence behind it"), width=540, position="right", on_dismiss=_close)(_body)(card, current, shown, key)


def _body(card: str, current: View, shown: Chart | Listing, key: str) -> None:
    chooser = f"choose-{card}"
    if chooser not in st.session_state or st.session_state.get(f"{chooser}-for") != key:  # opened anew from the figure
        st.session_state[f"{chooser}-for"] = key
        st.session_state[chooser] = key or None

    chosen = st.selectbox(
        _("Of this figure"),
        list(shown.targets),
        index=None,
        required=True,  # else Escape, which closes the drawer, would empty it first
        key=chooser,
        format_func=lambda one: shown.targets[one].heading,
        placeholder=_("Choose a country or a mark: type to search"),
        label_visibility="collapsed",
    )
    if not key:
        st.html(_FOCUS, unsafe_allow_javascript=True)
    _follow(card, chosen or "")
    if chosen is None:
        _choices(chooser, shown)
        return
    target = shown.targets[chosen]
    st.html(current.remember(f"evidence-{shown.id}-{chosen}", lambda view: evidence(view.dataset, target)))
    if target.place in set(current.dataset["countries"]["iso3"]):
        label = _("Everything on {country}").format(country=language.in_sentence(target.place))
        st.page_link(COUNTRY_PAGE, label=label, icon=":material/arrow_forward:", query_params=state.global_parameters(country=target.place))
    with st.expander(_("Report a correction"), icon=":material/edit_note:"):
        st.html(
            f"<p class='how-to-read'>{escape(_('Copy this text, fill in what is wrong, and send it to whoever runs this atlas or open an issue with it.'))}</p>"
        )
        st.code(correction(current, shown, target), language=None, wrap_lines=True)


def _choices(chooser: str, shown: Chart | Listing) -> None:
    """Draw the first marks or rows as buttons."""
    with st.container(key=f"marks-of-{chooser}", gap=None):
        for key in _in_order(shown)[:_MOST_CHOICES]:
            target = shown.targets[key]
            says = f"{target.says[:_LONGEST_SAYING]} …" if len(target.says) > _LONGEST_SAYING + 2 else target.says
            label = f"**{_plain(target.heading)}** {_plain(says)}"
            st.button(label, key=f"{chooser}-{key}", type="tertiary", on_click=_choose, args=(chooser, key))
    more = len(shown.targets) - _MOST_CHOICES
    if more > 0:
        text = ngettext("{count} more: type its name above.", "{count} more: type a name above.", more).format(count=language.number(more))
        st.html(f"<p class='how-to-read'>{escape(text)}</p>")


def _in_order(shown: Chart | Listing) -> list[str]:
    """Return the keys of all marks: those with facts first, in the order of the figure's table, which is by value where the marks have one."""
    places = {str(key): place for place, key in enumerate(shown.table.index)} if isinstance(shown, Chart) else {}
    return sorted(shown.targets, key=lambda key: (not shown.targets[key].fact_ids, places.get(key, len(places))))


def _choose(chooser: str, key: str) -> None:
    st.session_state[chooser] = key


def _plain(text: str) -> str:
    """Return a text that Streamlit's Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]$~:<>#|!+.-])", r"\\\1", text)


def _follow(card: str, key: str) -> None:
    """Keep the address in step with what the drawer shows: only the drawer runs anew when the reader chooses in it."""
    wanted = f"{card}.{key}" if key else card
    if state.value(OPEN) != wanted:
        state.follow(OPEN, wanted)


def correction(current: View, shown: Chart | Listing, target: Target) -> str:
    """Return a text that names the view, the facts and their sources, for a reader to fill in and send."""
    dataset = current.dataset
    lines = [
        _("Correction to the CAR-T Access Atlas"),
        _("Data version: {version}, as of {day}").format(version=dataset.version, day=current.day.isoformat()),
        _("View: {address}").format(address=f"{(st.context.url or '').split('?')[0]}?{urlencode(state.parameters(), doseq=True)}"),
        f"{shown.title}",
        f"{target.heading}: {target.says}",
        "",
        _("Facts:"),
    ]
    for fact_id in [one for one in target.fact_ids if not one.startswith(_BACKGROUND)][:10]:
        first = dataset.facts.at[fact_id, "source_ids"].split(";")[0]
        lines.append(f"- {fact_id} ({fact_text(dataset, fact_id).headline}) {dataset.sources.at[first, 'url']}")
    return "\n".join([*lines, "", _("What is wrong:"), "", _("What it should say:"), "", _("Source (address, date, page):"), ""])


def evidence(dataset: Dataset, target: Target) -> str:
    """Return a target's value, how it came about, its facts, and those that disagree, as HTML."""
    own = [fact for fact in target.fact_ids if not fact.startswith(_BACKGROUND)] or list(target.fact_ids)
    background = [fact for fact in target.fact_ids if fact not in set(own)]
    in_part = facts_in_part(dataset, target.indicator_id, target.place) if target.indicator_id and not own else ()
    says = _("no figure for the whole, known in part") if in_part else target.says
    parts = [f"<h3 class='evidence-heading'>{escape(target.heading)}</h3><p class='evidence-value'>{escape(says)}</p>"]
    if target.indicator_id:
        parts.append(_how(dataset, target))
    if in_part:
        parts.append(_facts(dataset, _("Known in part"), list(in_part), target.place))
    if own:
        title = ngettext("The fact behind it", "The {count} facts behind it", len(own)).format(count=len(own))
        parts.append(_facts(dataset, title, own, target.place))
    if background:
        title = ngettext("The figure that it was computed with", "The {count} figures that it was computed with", len(background))
        parts.append(_facts(dataset, title.format(count=len(background)), background, target.place))
    others = [other for fact in own for other in rivals(dataset, fact) if other not in set(target.fact_ids)]
    if others:
        used = (dataset.facts.loc[others, "preferred"] == "yes").any()  # a fact that was set aside may be open, and its rival is the one used
        title = _("What disagrees with it") if used else _("What disagrees, and is not used")
        parts.append(_facts(dataset, title, list(dict.fromkeys(others)), target.place))
    return "".join(parts)


def _how(dataset: Dataset, target: Target) -> str:
    indicator = catalog.get(target.indicator_id)
    seen = catalog.observe(dataset, target.indicator_id)
    status = seen.loc[seen["iso3"] == target.place, "status"]
    items = [f"<p>{escape(_(indicator.title))}. {escape(_(indicator.definition))}</p>"]
    in_part = facts_in_part(dataset, target.indicator_id, target.place)
    if len(status) and status.iloc[0] == NO_EVIDENCE and in_part:
        text = _(
            "What is known covers a part only, such as one centre, one product or one region, or is a bound, a range, a plan or undated. It is listed below, and does not count."
        )
        items.append(f"<p><b>{escape(_('No figure that this measure can use.'))}</b> {escape(text)}</p>")
    elif len(status) and status.iloc[0] == NO_EVIDENCE:
        items.append(
            f"<p><b>{escape(_(STATUS_TEXTS[NO_EVIDENCE]).capitalize())}.</b> "
            + escape(_("We looked and found nothing that says it. That is not the same as none: if you know a source, report it below."))
            + "</p>"
        )
    elif len(status) and status.iloc[0] == DOCUMENTED_NONE:
        items.append(f"<p><b>{escape(_('A source says that there is none'))}</b>: {escape(_('that is knowledge, not a gap.'))}</p>")
    lines = explain(dataset, target.indicator_id, target.place, target.product_id)
    if lines:
        listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
        items.append(f"<p><b>{escape(_('How it was computed'))}</b>: {escape(_(indicator.formula))}</p><ol class='evidence-steps'>{listed}</ol>")
    items.append(f"<p class='evidence-small'>{escape(_('Method'))}: {escape(_(indicator.reference))}</p>")
    return f"<div class='evidence-how'>{''.join(items)}</div>"


def fact_list(dataset: Dataset, title: str, fact_ids: Sequence[str], place: str = "") -> str:
    """Return facts under a title, each with what it says, its worth and its sources, as HTML; ``place`` need not be named again."""
    return _facts(dataset, title, list(fact_ids), place)


def _facts(dataset: Dataset, title: str, fact_ids: list[str], place: str) -> str:
    items = "".join(_fact(dataset, fact_id, place) for fact_id in fact_ids[:MOST_FACTS])
    more = len(fact_ids) - MOST_FACTS
    rest = f"<p class='evidence-small'>{escape(_('… and {count} more, in the table of the figure.').format(count=more))}</p>" if more > 0 else ""
    return f"<h4 class='evidence-title'>{escape(title)}</h4><ul class='evidence-facts'>{items}</ul>{rest}"


def _fact(dataset: Dataset, fact_id: str, place: str) -> str:
    text, fact = fact_text(dataset, fact_id), dataset.facts.loc[fact_id]
    told = [part for part in (place_name(dataset, fact_id, place), text.date, *text.details) if part]
    worth = [
        _("grade {grade}").format(grade=fact["grade"]),
        _(_CONFIDENCE_TEXTS[fact["confidence"]]),
        _("last confirmed {day}").format(day=language.day(fact["checked"])) + (f" ({_('overdue')})" if fact["stale"] else ""),
    ]
    sources = "".join(_source(dataset, source_id) for source_id in fact["source_ids"].split(";"))
    notes = "".join(f"<p class='evidence-note'>{escape(note)}</p>" for note in (fact["note"],) if note)
    conflict = f"<p class='evidence-conflict'>{escape(fact['conflict_note'])}</p>" if fact["conflict_note"] else ""
    return (
        f"<li><p><b>{escape(text.headline)}</b></p><p>{escape(' · '.join(told))}</p>{notes}{conflict}"
        f"<ul class='evidence-sources'>{sources}</ul><p class='evidence-small'>{escape(' · '.join(worth))} · <code>{escape(fact_id)}</code></p></li>"
    )


def place_name(dataset: Dataset, fact_id: str, place: str) -> str:
    """Return the name of a fact's place where it is not the one that is being spoken of ("" otherwise)."""
    where = place_of(dataset, fact_id)
    return language.country_name(where) if where and where != place else ""


def _source(dataset: Dataset, source_id: str) -> str:
    source = dataset.sources.loc[source_id]
    when = language.day(source["published"]) if source["published"] else _("undated")
    return f"<li>{source_link(source)} <span>{escape(source['publisher'])}, {escape(when)}</span></li>"


def finish() -> None:
    """Say so when the address opens something in a card that this page does not have; after the page has run."""
    known = state.declared()
    if OPEN.name in known and state.value(OPEN) and str(state.value(OPEN)).partition(".")[0] not in known:  # a card's view is a control of its name
        state.complain(OPEN)
