"""A card: the finding as title, measure and unit below, a switch of views, the figure, and a footer with its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any, Literal

import streamlit as st

from indicators import language
from indicators.charts.chart import Chart
from indicators.charts.template import PLOTLY_CONFIG
from indicators.dataset import Dataset
from indicators.exhibits import footer
from indicators.figures import registry
from indicators.figures.figure import TABLE, VIEW_TEXTS, Caption, Figure
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, ngettext
from ui import controls, provenance, state, take_away
from ui.drawings import Drawn, drawn
from ui.filters import View
from ui.headlines import headline
from ui.theme import style

# A wide figure on a small screen starts where its chosen marks are; the reader moves on from there.
_START = """<script>
(() => { let tries = 0; const start = () => {
  const box = document.querySelector(".st-key-%s");
  if (box && box.querySelector(".main-svg") && box.scrollWidth > box.clientWidth + 4) box.scrollLeft = %.3f * box.scrollWidth - box.clientWidth / 2;
  else if (tries++ < 60) setTimeout(start, 50);
}; start(); })();
</script>"""


def scene_of(figure: Figure, current: View) -> View:
    """Return the scene of a figure: the page's, with the values of the settings that the figure follows."""
    return replace(current, choice={setting.name: state.value(setting) for setting in figure.settings(current.whole)})


def first_drawn(figure: Figure, current: View) -> Drawn:
    """Return a figure's usual view, for a page that must know whether there is anything to draw."""
    return drawn(next(iter(figure.views(scene_of(figure, current)).values())))


def card(figure: Figure, current: View, more: str = "") -> None:
    """Draw a figure of the catalog as a card, in the view that the reader has chosen; a table of the first is added.

    Only the view on screen is made. The figure's name is the card's setting in the address; ``more`` is added to how to read it.
    """
    scene, name = scene_of(figure, current), figure.name
    views = figure.views(scene)
    codes = [*views, TABLE]
    control = figure.view_setting(views)
    chosen = state.value(control)
    shown_now = drawn(views.get(chosen, views[codes[0]]))
    shown = shown_now.chart
    caption = figure.caption(scene, style())
    reference = take_away.reference_of(figure, current, chosen, codes[0])
    with st.container(border=True, key=f"card-{name}"):
        with st.container(key=f"head-{name}", horizontal=True, wrap=False, vertical_alignment="top"):
            with st.container(key=f"title-{name}"):
                # A wide figure scrolls on a screen that is narrower than it needs.
                room = f"<style>.st-key-figure-{name}-wide > div {{ min-width: {shown.minimum_width}px; }}</style>" if shown.minimum_width else ""
                st.html(f"<h3 class='finding'>{headline(shown.title)}</h3><p class='measure'>{escape(shown.subtitle)}</p>{room}")
            with st.container(key=f"views-{name}", width="content"):
                controls.segments(control, _("View"), codes, lambda code: _(VIEW_TEXTS[code]))
        if shown.is_empty and not shown.fact_ids:
            st.info(_("Nothing to draw here. Widen the filters: another region, all income groups, or a later day."))
            if provenance.opened_in(name) is not None:
                state.complain(provenance.OPEN)
            return
        if chosen == TABLE or shown.is_empty:  # a documented absence has nothing to draw, but sources
            _table(name, shown)
        else:
            _figure(name, chosen, shown_now)
        how = _how_to_read(caption, chosen, shown_now, more)
        told = " ".join(text for text in (how, _not_in(current, shown), _overdue(shown_now)) if text)
        if told:
            st.html(f"<p class='how-to-read'>{escape(told)}</p>")
        _footer(name, current, shown_now, reference)
    take_away.show(figure, current, reference)
    key = provenance.opened_in(name)
    if key is not None:
        provenance.panel(name, current, shown, key)


def _tell(text: str) -> None:
    # As text, never as Markdown: it can repeat what a stranger has written into an address.
    st.html(f"<div class='notice' role='status'>{escape(text)}</div>")


def preview(dataset: Dataset, reference: str) -> None:
    """Draw the figure of a reference with its title and footer, to look at; what it could not have is said. ``dataset`` is that of all time."""
    try:
        asked = registry.read(dataset, reference)
    except registry.UnknownFigure as error:
        _tell(str(error))
        return
    made = drawn(asked.drawing)
    shown = made.chart
    st.html(f"<h3 class='finding'>{headline(shown.title)}</h3><p class='measure'>{escape(shown.subtitle)}</p>")
    if asked.notices:
        _tell(". ".join(asked.notices))
    if not shown.is_empty:
        if shown.legend:
            st.html(_legend(shown))
        with st.container(key=f"figure-preview-{'map' if shown.has_boundaries else 'fluid'}"):
            height: Literal["stretch", "content"] = "stretch" if shown.has_boundaries else "content"
            st.plotly_chart(shown.figure, theme=None, config=PLOTLY_CONFIG, key=f"preview-{shown.id}", alt=shown.alt, width="stretch", height=height)
    parts = footer(asked.scene.dataset, asked.scene.day, shown, made.source_names, made.terms)
    st.html(f"<p class='source-line'>{escape(' · '.join(parts))}</p>")


def _how_to_read(caption: Caption, chosen: str, drawn: Drawn, more: str) -> str:
    if chosen == TABLE and drawn.chart.targets:
        return _(
            "Each row is one entry of the figure. Select a row at its left edge, or with Shift and Space, and the facts behind it open; a click on a heading sorts."
        )
    text = " ".join(part for part in (caption if isinstance(caption, str) else caption.get(chosen, ""), more) if part)
    return text + (" " + _("Select a mark to see the facts behind it.") if chosen != TABLE and any(drawn.keys) else "")


def _select(name: str, widget: str, key_of: Callable[[Any], str]) -> None:
    """Open what the reader has selected in a figure or table.

    A second click on the same mark takes the selection back: when that happens the drawer was closed, so it opens again.
    """
    last = f"{widget}-last"
    selected = key_of(st.session_state[widget]["selection"])
    key = selected or st.session_state.get(last, "")
    if key:
        st.session_state[last] = key
        provenance.open_target(name, key)


def _figure(name: str, chosen: str, drawn: Drawn) -> None:
    shown = drawn.chart
    widget = f"plot-{name}-{chosen}-{shown.id}"

    def key_of(selection: Any) -> str:
        for point in selection["points"]:
            keys = drawn.keys[point["curve_number"]]
            if keys:
                return keys[point["point_index"]]
        return ""

    shape = "map" if shown.has_boundaries else "wide" if shown.minimum_width else "fluid"
    above = _legend(shown) if shown.legend else ""
    if shown.minimum_width:
        above += f"<p class='scroll-hint'>{escape(_('The figure is wider than this screen: move it sideways.'))} →</p>"
    if above:
        st.html(above)
    with st.container(key=f"figure-{name}-{shape}"):
        if shown.focus is not None:
            st.html(_START % (f"figure-{name}-{shape}", shown.focus), unsafe_allow_javascript=True)
        st.plotly_chart(
            shown.figure,
            theme=None,
            config=PLOTLY_CONFIG,
            key=widget,
            alt=shown.alt,
            width="stretch",
            height="stretch" if shape == "map" else "content",
            on_select=(lambda: _select(name, widget, key_of)) if shown.targets else "ignore",
            selection_mode="points",
        )


def _legend(shown: Chart) -> str:
    """Return the kinds of squares with their names; unlike Plotly's, it keeps within the screen when the figure is wider."""
    items = "".join(f"<li><i style='background:{colour}'></i>{escape(text)}</li>" for text, colour in shown.legend)
    return f"<ul class='legend'>{items}</ul>"


def _not_in(current: View, shown: Chart) -> str:
    """Return a sentence on the countries that the reader has chosen by name and the figure has nothing on."""
    codes = next((shown.table[heading] for heading in (_("ISO code"), _("Code")) if heading in shown.table), None)
    if codes is None or not current.named:
        return ""
    there = set(codes) | (eu_members(current.day) if EU in set(codes) else set())
    missing = sorted(language.country_name(iso3) for iso3 in current.named if iso3 not in there)
    return _("Nothing to show here for: {countries}.").format(countries=", ".join(missing)) if missing else ""


def _transcribed(drawn: Drawn) -> str:
    """Return a sentence on the facts of which nobody has read the text itself or a copy of it, as HTML."""
    text = ngettext(
        "{count} fact behind this figure was read in a transcription only; the list says which.",
        "{count} facts behind this figure were read in a transcription only; the list says which.",
        drawn.transcribed,
    )
    return f"<p class='evidence-small'>{escape(text.format(count=drawn.transcribed))}</p>" if drawn.transcribed else ""


def _overdue(drawn: Drawn) -> str:
    """Return a sentence on the facts that nobody has confirmed for longer than their kind keeps."""
    if not drawn.overdue:
        return ""
    text = ngettext(
        "{count} fact behind this figure has not been confirmed within its shelf life.",
        "{count} facts behind this figure have not been confirmed within their shelf life.",
        drawn.overdue,
    ).format(count=drawn.overdue)
    return text + (" " + _("The table marks what is overdue.") if _("Overdue") in drawn.chart.table else "")


def _table(name: str, shown: Chart) -> None:
    table, sources = shown.table.drop(columns=_("Facts"), errors="ignore"), _("Sources")
    columns = {}
    if sources in table:  # the first source can be followed from its row, the rest are counted
        addresses = table[sources].str.split("; ")
        more = _("More sources")
        table = table.drop(columns=sources).assign(**{sources: addresses.str[0], more: addresses.str.len().clip(lower=1) - 1})
        columns = {sources: st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)"), more: st.column_config.NumberColumn(width="small")}
    height = min(36 * len(table) + 40, 520)
    widget, keys = f"table-{name}-{shown.id}", [str(key) for key in table.index]

    def key_of(selection: Any) -> str:
        return keys[selection["rows"][0]] if selection["rows"] else ""

    st.dataframe(
        table.reset_index(drop=True),
        hide_index=True,
        width="stretch",
        height=height,
        column_config=columns,
        key=widget,
        alt=shown.alt,
        placeholder="–",
        on_select=(lambda: _select(name, widget, key_of)) if shown.targets else "ignore",
        selection_mode="single-row",
    )


def _footer(name: str, current: View, drawn: Drawn, reference: str) -> None:
    shown = drawn.chart
    with st.container(key=f"actions-{name}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f"<p class='source-line'>{escape(footer_text(current, drawn))}</p>")
        # One part of the line: where they do not fit beside the sources, they stand below them together.
        with st.container(key=f"buttons-{name}", width="content", horizontal=True, vertical_alignment="center", gap="xsmall"):
            take_away.buttons(name, reference)
            if shown.targets:
                st.button(
                    _("Evidence"),
                    icon=":material/fact_check:",
                    type="tertiary",
                    key=f"evidence-{name}",
                    on_click=provenance.open_target,
                    args=(name,),
                    help=_("Choose a country or a mark, and see the facts and sources behind it"),
                )
            if drawn.source_list:
                with st.popover(_("Sources"), icon=":material/menu_book:", type="tertiary", key=f"sources-{name}"):
                    st.html(_transcribed(drawn) + drawn.source_list)


def footer_text(current: View, drawn: Drawn) -> str:
    """Return the footer of a figure: top three sources, data version, day, licence, and what must be known to read it."""
    return " · ".join(footer(current.dataset, current.day, drawn.chart, drawn.source_names, drawn.terms))
