"""The table of sources."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import GRADES, READINGS, code, day, text

SOURCES = Table(
    "sources",
    "Sources",
    "Every page, paper and file that a fact rests on, once.",
    (
        Column("source_id", Kind.IDENTIFIER, "Our name for the source."),
        Column("url", Kind.URL, "Address of the original; of the copy where the original's is not known."),
        text("title", "Title.", required=True),
        text("publisher", "Who published it.", required=True),
        day("published", "When it was published."),
        code(
            "grade",
            "A regulator, HTA body, ministry, gazette, official statistics; B peer-reviewed; C company or institution on its own doings, label, filing; D press, encyclopaedia.",
            GRADES,
        ),
        code(
            "reading",
            "What was read: the original (or an archived copy of it), a copy at another address, or somebody's transcription that quotes it.",
            READINGS,
        ),
        Column("read_at", Kind.URL, "Address of the copy or transcription that was read; empty for an original.", required=False),
    ),
    key=("source_id",),
    has_facts=False,
)
