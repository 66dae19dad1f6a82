"""What we looked for and did not find: counts, every gap, and a text to offer a source with."""

from __future__ import annotations

from html import escape
from zlib import crc32

import pandas as pd
import streamlit as st

from indicators import catalog, gaps, language
from indicators.catalog import DOMAIN_TITLES, Domain
from indicators.dataset import folder_of
from indicators.language import _, ngettext
from ui import controls, shell, state
from ui.filters import View
from ui.markdown import as_html
from ui.state import Control
from ui.tables import small_table

DOMAIN = Control("domain", "", state.one_of(["", *Domain]))
_TALLEST = 420


def draw(current: View) -> None:
    """Draw the counts, the gaps that pass the filters, the text to offer a source with, and the curators' own list."""
    dataset = current.dataset
    st.html(
        f"<p class='how-to-read'>{escape(_('“No evidence” means that we looked and found nothing that says it; that is not the same as none. If you know a page, a paper or a register that says it, you can close the gap.'))}</p>"
    )
    small_table(
        current.remember("gaps-by-domain", lambda view: _domains(gaps.by_domain(view.dataset))),
        _("How far the evidence reaches, countries and territories by domain"),
    )
    shell.section(_("Which indicator, which country"))
    domain, indicator, countries = _filters(current)
    found = gaps.missing(dataset, domain, indicator, countries)
    chosen = _gaps(current, found)
    with st.expander(_("Offer a source"), icon=":material/edit_note:", expanded=bool(len(chosen))):
        told = _("Copy this text, fill it in, and send it to whoever runs this atlas or open an issue with it. Select rows above to name the gaps in it.")
        st.html(f"<p class='how-to-read'>{escape(told)}</p>")
        narrowed = bool(indicator or countries)
        st.code(gaps.offer(dataset, chosen if len(chosen) or not narrowed else found), language=None, wrap_lines=True)
    path = folder_of() / "GAPS.md"
    if path.is_file():
        shell.section(_("What the curators looked for and did not find"))
        st.html(f"<div class='document'>{as_html(path.read_text(encoding='utf-8'), 3)}</div>")


def _filters(current: View) -> tuple[str, str, tuple[str, ...]]:
    with st.container(key="filters"):
        first, second, third = st.columns([1, 1.8, 1.4])
        with first:
            domain = controls.select(DOMAIN, _("Domain"), ["", *Domain], lambda code: _(DOMAIN_TITLES[Domain(code)]) if code else _("All domains"))
        options = ["", *(one.id for one in catalog.INDICATORS.values() if domain in ("", one.domain))]
        with second:
            control = Control("indicator", "", state.one_of(options))
            counts = current.remember("gaps-by-indicator", lambda view: gaps.by_indicator(view.dataset).set_index("indicator_id")["missing"].to_dict())
            indicator = controls.select(control, _("Indicator"), options, lambda code: _indicator_text(code, counts))
        with third:
            places = current.remember("gap-places", lambda view: tuple(sorted(view.dataset["countries"]["iso3"], key=language.country_name)))
            control = Control("place", (), state.one_of(places), many=True)
            countries = controls.choose_many(control, _("Countries"), places, language.country_name, _("All countries"))
    return domain, indicator, countries


def _indicator_text(code: str, counts: dict[str, int]) -> str:
    if not code:
        return _("All indicators")
    text = ngettext("{title} ({count} country without)", "{title} ({count} countries without)", counts[code])
    return text.format(title=_(catalog.get(code).short_title), count=language.number(counts[code]))


def _gaps(current: View, found: pd.DataFrame) -> pd.DataFrame:
    """Draw the gaps, one row each, and return those that the reader has selected."""
    text = ngettext("{count} gap: no evidence found", "{count} gaps: no evidence found", len(found)).format(count=language.number(len(found)))
    st.html(f"<p class='row-count' role='status'>{escape(text)}</p>")
    if found.empty:
        return found
    names = {iso3: language.country_name(iso3) for iso3 in found["iso3"].unique()}
    indicators = {one.id: one for one in catalog.INDICATORS.values()}
    table = pd.DataFrame(
        {
            _("Country"): found["iso3"].map(names),
            _("ISO code"): found["iso3"],
            _("Domain"): found["domain"].map(lambda code: _(DOMAIN_TITLES[Domain(code)])),
            _("Indicator"): found["indicator_id"].map(lambda one: _(indicators[one].title)),
        }
    )
    picked = st.dataframe(
        table,
        hide_index=True,
        height=min(35 * len(table) + 40, _TALLEST),
        key=f"gaps-{crc32((found['iso3'] + found['indicator_id']).str.cat().encode()):x}",
        alt=text,
        on_select="rerun",
        selection_mode="multi-row",
    )
    return found.iloc[picked["selection"]["rows"]]


def _domains(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Domain"): frame["domain"].map(lambda code: _(DOMAIN_TITLES[Domain(code)])),
            _("Indicators"): frame["indicators"],
            _("Evidence or documented absence for all of them"): frame["all_known"],
            _("For some of them"): frame["some"],
            _("For none of them"): frame["none_known"],
        }
    )
