"""The method: the rules, then every indicator with its definition, formula and reach, as the catalog has them."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators import catalog, gaps, language
from indicators.catalog import DOMAIN_TITLES, Domain, Indicator
from indicators.explorer import folded
from indicators.language import _, mark, ngettext
from indicators.rules import rules
from ui import controls, shell, state
from ui.filters import View
from ui.state import Control

SEARCH = Control("method_search", "", state.words)
DOMAIN = Control("method_domain", "", state.one_of(["", *Domain]))
_DIRECTIONS = {1: mark("more is better for patients"), -1: mark("less is better for patients"), 0: mark("neither more nor less is better as such")}
_NOTE = mark("Everything that a figure here shows is one of these indicators, computed by the formula below from the facts in the tables.")


def draw(current: View) -> None:
    """Draw the rules, the search, and the indicators by domain."""
    st.html(f"<p class='how-to-read'>{escape(_(_NOTE))}</p>")
    words_column, domain_column = st.columns([3, 1])
    with words_column:
        search = controls.search(SEARCH, _("Search the method"), _("Such as: purchasing power, lag, GLOBOCAN"))
    with domain_column:
        chosen = controls.select(DOMAIN, _("Domain"), ["", *Domain], lambda code: _(DOMAIN_TITLES[Domain(code)]) if code else _("Rules and all domains"))
    words = folded(search).split()
    counts = current.remember("gaps-by-indicator-all", lambda view: gaps.by_indicator(view.dataset).set_index("indicator_id").to_dict("index"))
    shown = [one for one in catalog.INDICATORS.values() if chosen in ("", one.domain) and all(word in _searched(one) for word in words)]
    told = [rule for rule in rules() if not chosen and all(word in folded(" ".join(rule)) for word in words)]
    if not shown and not told:
        st.info(_("Nothing in the method says that. Take a word out of the search."))
    if told:
        shell.section(_("The rules"))
    for anchor, title, text in told:
        st.subheader(title, anchor=f"rule-{anchor}")
        st.html(f"<p class='method'>{escape(text)}</p>")
    for domain in Domain:
        own = [one for one in shown if one.domain is domain]
        if own:
            count = ngettext("{title}: {count} indicator", "{title}: {count} indicators", len(own))
            shell.section(count.format(title=_(DOMAIN_TITLES[domain]), count=len(own)))
        for indicator in own:
            st.subheader(_(indicator.title), anchor=indicator.id)
            st.html(_described(indicator, counts[indicator.id]))


def _searched(indicator: Indicator) -> str:
    parts = [indicator.id, *map(_, (indicator.title, indicator.short_title, indicator.definition, indicator.formula, indicator.reference))]
    return folded(" ".join(parts))


def _described(indicator: Indicator, counts: dict[str, int]) -> str:
    rows = [
        (_("What it is"), _(indicator.definition)),
        (_("How it is computed"), _(indicator.formula)),
        (_("Unit"), ", ".join(_(text) for _code, text in indicator.categories) or _(indicator.unit)),
        (_("Direction"), _(_DIRECTIONS[indicator.direction])),
        (_("Reference"), _(indicator.reference)),
        (_("Reach"), _reach(counts)),
    ]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows if text)
    return f"<dl class='method'>{items}</dl><p class='evidence-small'><code>{escape(indicator.id)}</code></p>"


def _reach(counts: dict[str, int]) -> str:
    total = counts["known"] + counts["none"] + counts["missing"]
    text = ngettext("{known} of {total} countries and territories has a value", "{known} of {total} countries and territories have a value", counts["known"])
    parts = [text.format(known=language.number(counts["known"]), total=language.number(total))]
    if counts["none"]:
        parts.append(
            ngettext("in {count} a source documents that there is none", "in {count} sources document that there is none", counts["none"]).format(
                count=counts["none"]
            )
        )
    if counts["missing"]:
        parts.append(_("no evidence was found for {count}").format(count=language.number(counts["missing"])))
    return "; ".join(parts) + "."
