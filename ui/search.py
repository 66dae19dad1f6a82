"""The search box: countries, products, indicators, pages and sources, found by typing; the key "/" opens it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import shorten

import streamlit as st

from indicators import catalog, groups, language
from indicators.charts.matrices import product_name
from indicators.dataset import Dataset
from indicators.language import _
from ui import state, take_away
from ui.sitemap import COUNTRY_PAGE, DATA_PAGE, OVERVIEW_PAGE, PRICES_PAGE, SITE

_BOX = "search-box"
_IS_OPEN = "search-is-open"
_TITLE_WIDTH, _PUBLISHER_WIDTH = 68, 24  # letters of a source: a row of the list has room for both

# The key "/" presses the button, as on many sites, but not while somebody types. Plain script: Streamlit's shortcuts know letters only.
_SHORTCUT = """<script>
if (!window.atlasSearchKey) {
  window.atlasSearchKey = true;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, [contenteditable=true], [role=dialog]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    const press = (tries) => {  // on a page that is just being drawn the button may still be on its way
      const button = document.querySelector(".st-key-search button");
      if (button) button.click(); else if (tries) setTimeout(() => press(tries - 1), 50);
    };
    press(60);
  });
}
</script>"""
_FOCUS = """<script>
(() => { let tries = 0; const aim = () => {
  const field = document.querySelector("[role=dialog] .st-key-search-box input");
  if (field) field.focus(); else if (tries++ < 40) setTimeout(aim, 25);
}; aim(); })();
</script>"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its text in the list, and the page and parameters that show it."""

    text: str
    page: str
    parameters: tuple[tuple[str, str], ...] = ()


def button(dataset: Dataset) -> None:
    """Draw the button of the top bar; a press opens the box."""
    tip = _("Find a country, product, indicator, page or source (key /)")
    st.button(_("Search"), icon=":material/search:", type="tertiary", key="search", help=tip, on_click=_set_open, args=(True,))
    # Remembered, for the page may run again by itself while the box is open.
    if st.session_state.get(_IS_OPEN):
        st.dialog(_("Search the atlas"), width="medium", on_dismiss=lambda: _set_open(False))(_box)(dataset)


def _set_open(is_open: bool) -> None:
    st.session_state[_IS_OPEN] = is_open
    take_away.close()  # one thing is open at a time


def listen() -> None:
    """Let the key "/" press the button, once for each visit; in the page's foot, where the script takes no room."""
    st.html(_SHORTCUT, unsafe_allow_javascript=True)


def _box(dataset: Dataset) -> None:
    entries = dataset.remember(("search", language.current()), lambda: find_all(dataset))
    chosen = st.selectbox(
        _("Search"),
        list(entries),
        index=None,
        key=_BOX,
        format_func=lambda code: entries[code].text,
        placeholder=_("Brazil, UK, Kymriah, price, NICE …"),
        label_visibility="collapsed",
        filter_mode="contains",  # keeps our order: a country or product before the many sources that name it
    )
    st.html(_FOCUS, unsafe_allow_javascript=True)
    st.html(
        f"<p class='how-to-read'>{escape(_('Countries by name, code or short form; products by any of their names; indicators, pages and sources by a word of their title.'))}</p>"
    )
    if chosen is not None:
        found = entries[chosen]
        _set_open(False)
        st.switch_page(found.page, query_params=state.global_parameters(**dict(found.parameters)))


def find_all(dataset: Dataset) -> dict[str, Entry]:
    """Return everything that can be found, by a code of its own, kind after kind: countries, products, measures, pages, sources.

    Each begins with its kind, so that a list of all kinds can be read; long names end at a word.
    """
    entries = {}
    # Who is known by a short form comes first: it begins like another country's name.
    by_name = sorted(dataset["countries"]["iso3"], key=lambda iso3: (iso3 not in groups.KNOWN_BY_SHORT_FORM, language.country_name(iso3)))
    for iso3 in by_name:
        text = " · ".join([_("Country"), language.country_name(iso3), iso3, *groups.SHORT_FORMS.get(iso3, ())])
        entries[f"country:{iso3}"] = Entry(text, COUNTRY_PAGE, (("country", iso3),))
    approved = set(dataset["approvals"]["product_id"])
    for product in dataset["products"].to_dict("records"):
        names = [product_name(dataset, product["product_id"]), product["inn"], *product["aliases"].split(";")]
        text = " · ".join([_("Product"), *dict.fromkeys(name.strip() for name in names if name.strip())])
        entries[f"product:{product['product_id']}"] = Entry(
            text,
            DATA_PAGE,
            (("section", "tables"), ("table", "approvals" if product["product_id"] in approved else "products"), ("search", product["product_id"])),
        )
    for indicator in catalog.INDICATORS.values():
        where = (PRICES_PAGE, ()) if indicator.by_product else (OVERVIEW_PAGE, (("measure", indicator.id),))
        entries[f"indicator:{indicator.id}"] = Entry(f"{_('Measure')} · {_(indicator.title)}", *where)
    entries |= {f"page:{page.address}": Entry(f"{_('Page')} · {_(page.title)}", page.file) for page in SITE}
    for source in dataset.sources.to_dict("records"):
        title, publisher = (
            shorten(source[part], width, placeholder=" …", break_on_hyphens=False) for part, width in (("title", _TITLE_WIDTH), ("publisher", _PUBLISHER_WIDTH))
        )
        text = " · ".join(part for part in (_("Source"), title, publisher) if part)
        entries[f"source:{source['source_id']}"] = Entry(text, DATA_PAGE, (("section", "sources"), ("source_search", source["source_id"])))
    return entries
