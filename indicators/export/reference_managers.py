"""Citations for programs that manage references: as BibTeX and as RIS."""

from __future__ import annotations

from itertools import zip_longest

from indicators.export.works import ARTICLE, DATASET, FIGURE, PAGE, Work, edition, one_line
from indicators.language import _
from indicators.licences import LICENCE_ADDRESS

_BIBTEX_TYPES = {FIGURE: "online", DATASET: "dataset", PAGE: "online", ARTICLE: "article"}
# A brace behind a backslash still counts for BibTeX, so a brace is named and never written.
_LATEX = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}


def latex(text: str) -> str:
    """Return a text as BibTeX takes it: in one line, LaTeX's own letters escaped, accents as they are (UTF-8)."""
    return "".join(_LATEX.get(letter, letter) for letter in one_line(text))


def _verbatim(address: str) -> str:
    """Return an address for a field that LaTeX reads letter by letter: only what would end the field is encoded."""
    return "".join(f"%{ord(letter):02X}" if letter in '{}\\ "<>' or not letter.isprintable() else letter for letter in address)


def bibtex(work: Work) -> str:
    """Return an entry for BibTeX and biblatex (which reads ``date``; BibTeX reads ``year``). Organisations stand in braces."""
    fields = {
        "author": f"{{{latex(work.author)}}}" if work.author else "",
        "title": f"{{{latex(work.title)}}}",  # in braces of its own: names keep their capitals
        "journal": latex(work.container) if work.kind == ARTICLE else "",
        "organization": latex(work.container) if work.kind == FIGURE else "",
        "date": work.issued,
        "year": work.issued[:4] or "n.d.",
        "version": latex(work.version),
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.address),
        "urldate": work.retrieved,
        "note": latex(". ".join(_notes(work))),
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_BIBTEX_TYPES[work.kind]}{{{work.key},\n{told}}}\n"


def _notes(work: Work) -> list[str]:
    """Return what no field of BibTeX or RIS has a place for."""
    notes = [one_line(note) for note in work.notes if note]
    if work.as_of:
        notes.append(edition(work))
    if work.licence:
        notes.append(f"{work.licence} ({LICENCE_ADDRESS})")
    if work.path and not work.address:
        notes.append(_("View: {path}").format(path=work.path))
    return notes


# --- RIS ---------------------------------------------------------------------------------------------------------------

# A figure is a page for reference managers: of a "FIGURE" they keep neither the site nor the day of retrieval.
_RIS_TYPES = {FIGURE: "ELEC", DATASET: "DATA", PAGE: "ELEC", ARTICLE: "JOUR"}


def ris(work: Work) -> str:
    """Return a record in the RIS format, its lines ended by CR and LF. What has no date has no line for one."""
    lines: list[tuple[str, str]] = [
        ("TY", _RIS_TYPES[work.kind]),
        ("ID", work.key),
        ("AU", _one_name(work.author)),
        ("TI", work.title),
        ("JO" if work.kind == ARTICLE else "T2", work.container),
        ("PY", work.issued[:4]),
        ("DA", _slashed(work.issued)),
        ("ET", work.version),
        ("M3", _("Figure") if work.kind == FIGURE else ""),
        ("PB", work.author if work.kind == PAGE else ""),
        ("DO", work.doi),
        ("UR", work.address),
        ("Y2", _slashed(work.retrieved)),
        *(("N1", note) for note in _notes(work)),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if one_line(value)) + "ER  - \r\n"


def _one_name(name: str) -> str:
    """Return an organisation's name without commas, at which reference managers part a family name from first names."""
    return name.replace(", ", " – ").replace(",", " ")


def _slashed(when: str) -> str:
    """Return a date as RIS writes it, year/month/day/ with what is not known left empty."""
    return "/".join(part for part, _place in zip_longest(when.split("-"), range(3), fillvalue="")) + "/" if when else ""
