"""The words around a figure on a slide: the source line, what must be known, and the notes page with method and citations."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import catalog, language
from indicators.catalog import Indicator
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, boundaries_disclaimer, source_names, without_scheme
from indicators.export import citation
from indicators.language import _, ngettext
from indicators.licences import LICENCE, further_terms

_BREAK = "\n\n"
_MOST_CITED = 25  # of the sources in a slide's notes: a figure of the whole world has hundreds


def source_line(exhibit: Exhibit) -> list[str]:
    """Return the parts of the source line: sources, data version and day, licence; the address follows as a link."""
    dated = _("Data {version}, as of {day}").format(version=exhibit.dataset.version, day=language.day(exhibit.scene.day))
    terms = further_terms(exhibit.dataset, exhibit.chart.fact_ids, is_short=True)
    return [part for part in (source_names(exhibit.dataset, exhibit.source_ids), dated, LICENCE, *terms) if part]


def short_address(exhibit: Exhibit) -> str:
    """Return the address as a reader sees it."""
    return without_scheme(exhibit.address)


def to_know(exhibit: Exhibit, further: Sequence[str] = ()) -> list[str]:
    """Return what must be known to read the figure: its caveat, and for maps what they don't say of boundaries.

    Where ``further`` says how many rows a slide leaves out, those that the figure itself leaves out are among them.
    """
    return [
        text for text in (exhibit.chart.caveat if further else exhibit.chart.caveats, boundaries_disclaimer() if exhibit.chart.has_boundaries else "") if text
    ]


def indicators_behind(exhibit: Exhibit) -> list[Indicator]:
    """Return the indicators that the figure shows: those that its settings name, and those whose values its marks are."""
    named = [value for value in exhibit.scene.choice.values() if isinstance(value, str)]
    marked = [target.indicator_id for target in exhibit.chart.targets.values()]
    return [catalog.get(code) for code in dict.fromkeys([*named, *marked]) if code in catalog.INDICATORS]


def method(exhibit: Exhibit) -> list[str]:
    """Return how the numbers came about: the definition, formula and reference of each indicator behind the figure."""
    told = []
    for indicator in indicators_behind(exhibit):
        unit = f" ({_(indicator.unit)})" if indicator.unit else ""
        told.append(
            "\n".join(
                [
                    f"{_(indicator.title)}{unit}: {_(indicator.definition)}",
                    _("Formula: {formula}").format(formula=_(indicator.formula)),
                    _("Reference: {reference}").format(reference=_(indicator.reference)),
                ]
            )
        )
    return told


def notes(exhibit: Exhibit, spoken: str, further: list[str]) -> str:
    """Return the notes page: the speaker's own notes first, then how to read it, method, caveats, and the first 25 sources cited in full."""
    ids = exhibit.source_ids
    count = ngettext("Source ({count})", "Sources ({count})", len(ids)).format(count=len(ids))
    left = len(ids) - _MOST_CITED
    more = [ngettext("… and {count} more: {address}", "… and {count} more: {address}", left).format(count=left, address=exhibit.address)] if left > 0 else []
    sections = [
        ("", spoken.strip()),
        (_("How to read it"), exhibit.how_to_read),
        (_("Measure"), exhibit.chart.subtitle),
        (_("Method"), _BREAK.join(method(exhibit))),
        (_("To bear in mind"), "\n".join([*to_know(exhibit, further), *further])),
        (_("Cite this figure"), citation.apa_figure(exhibit)),
        (count, "\n".join([*(cited(exhibit.dataset, source_id) for source_id in ids[:_MOST_CITED]), *more])),
    ]
    return printable(_BREAK.join(f"{heading.upper()}\n{text}" if heading else text for heading, text in sections if text))


def cited(dataset: Dataset, source_id: str) -> str:
    """Return how to cite a source, made once for each day and language: slides of a deck share many."""
    return dataset.remember(("cited", source_id, language.current()), lambda: citation.apa_source(dataset, source_id))


def about(exhibit: Exhibit) -> list[tuple[str, str]]:
    """Return what stands in the workbook behind a chart, beside its numbers."""
    return [
        (_("Finding"), exhibit.chart.title),
        (_("Measure"), exhibit.chart.subtitle),
        (_("How to read it"), exhibit.how_to_read),
        *((_("To bear in mind"), text) for text in to_know(exhibit)),
        (_("Sources"), " · ".join(source_line(exhibit))),
        (_("Address"), exhibit.address),
    ]


def printable(text: str) -> str:
    """Return a text without letters that no presentation can hold."""
    return "".join(letter for letter in text if letter in "\n\t" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"))
