"""The sources of a brief: which one a statement is given, and how each is written in a short list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indicators import language
from indicators.charts import lettering
from indicators.charts.wording import ranked_source_ids, short_publisher
from indicators.dataset import Dataset
from indicators.language import _, ngettext

_LONGEST_TITLE = 110  # letters
_LETTER = 6.1  # size of a source’s letters in points, and the width of its line by our estimate, which is a little too wide (see sources.typ)
_LINE = 227.0


def first_source(dataset: Dataset, fact_ids: Iterable[str]) -> str:
    """Return the source that carries most of some facts, "" where there is none."""
    ids = tuple(fact_ids)
    return ranked_source_ids(dataset, ids)[0] if ids else ""


def sources(dataset: Dataset, fact_ids: tuple[str, ...], cited: Iterable[str]) -> dict[str, Any]:
    """Return how each source is written, by its id, and all ids, ranked; ``more`` says how many there are beyond those printed.

    ``fact_ids`` are all facts behind the brief, ``cited`` the sources that its statements name.
    """
    ranked = list(dict.fromkeys([*ranked_source_ids(dataset, fact_ids), *(source for source in cited if source)]))
    known = dataset.whole.remember("sources_by_id", lambda: dataset["sources"].set_index("source_id").to_dict("index"))
    return {"ranked": ranked, "entries": {source_id: _entry(known[source_id]) for source_id in ranked}, "more": more_texts(len(ranked))}


def _entry(source: dict[str, str]) -> dict[str, Any]:
    title = source["title"] if len(source["title"]) <= _LONGEST_TITLE else source["title"][: _LONGEST_TITLE - 1].rstrip() + "…"
    published = language.day(source["published"]) if source["published"] else _("undated")
    publisher = short_publisher(source["publisher"])
    rest = f"{publisher}: , {published} †"
    return {
        "publisher": publisher,
        "title": title,
        "short_title": _cut(title, _LINE - lettering.width(rest, _LETTER)),
        "date": published,
        "url": source["url"],
        "is_original": source["reading"] == "original",
    }


def _cut(title: str, most: float) -> str:
    """Return a title that is at most so wide, cut between words where it is wider."""
    words = title.split(" ")
    while len(words) > 2 and lettering.width(" ".join(words) + ("…" if len(words) < title.count(" ") + 1 else ""), _LETTER) > most:
        words.pop()
    kept = " ".join(words)
    return kept if kept == title else kept.rstrip(" ,;:(–-") + "…"


def more_texts(most: int) -> list[str]:
    """Return for each number of sources that are left out how a reader is told of them; none for 0."""
    return [""] + [ngettext("and {count} more source at", "and {count} more sources at", count).format(count=count) for count in range(1, most + 1)]
