"""The audit as a report to read or to keep: Markdown, or JSON for programs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators import audit, language
from indicators.audit import Goal
from indicators.catalog import DOMAIN_TITLES
from indicators.charts.wording import reading_text
from indicators.dataset import Dataset
from indicators.freshness import SHELF_LIVES
from indicators.language import _, mark, ngettext
from indicators.tables import CONFIDENCES, GRADES, TABLES

MOST_PUBLISHERS = 25


def as_data(dataset: Dataset, count: int, seed: int) -> dict[str, Any]:
    """Return the whole audit as plain data: what :func:`as_markdown` shows, and every row to mend."""
    return {
        "version": dataset.version,
        "day": dataset.today.isoformat(),
        "goals": [
            {
                "table": goal.table,
                "goal": goal.text,
                "reached": _plain(goal.value),
                "without_transcriptions": _plain(goal.read),
                "aim": goal.goal,
                "met": goal.is_met,
            }
            for goal in audit.goals(dataset)
        ],
        "tables": _records(audit.by_table(dataset)),
        "age_of_newest_source": _records(audit.by_age(dataset)),
        "age_of_last_confirmation": _records(audit.by_age(dataset, "months")),
        "domains": _records(audit.countries_by_domain(dataset)),
        "publishers": _records(audit.publishers(dataset)),
        "to_mend": _records(audit.to_mend(dataset)),
        "second_readings": _records(audit.second_reading(dataset["second_readings"])),
        "to_check_again": {"seed": seed, "facts": _records(audit.sample(dataset, count, seed))},
    }


def _plain(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: None if not isinstance(cell, tuple) and pd.isna(cell) else cell for name, cell in row.items()} for row in frame.to_dict("records")]


def as_markdown(dataset: Dataset, count: int, seed: int) -> str:
    """Return the audit as a page of Markdown."""
    lines = [
        f"# {_('Audit of the dataset')}",
        "",
        _("Data version {version}, as of {day}.").format(version=dataset.version, day=language.day(dataset.today)),
        "",
    ]
    for title, table in _sections(dataset):
        lines += [f"## {title}", "", *_table(table), ""]
    readings = [f"- {second_reading_text(row)}" for row in audit.second_reading(dataset["second_readings"]).to_dict("records")]
    lines += [f"## {_('Second readings')}", "", *(readings or [_("None has been recorded yet.")]), ""]
    drawn = audit.sample(dataset, count, seed)
    lines += [f"## {_('{count} facts to check again, drawn with seed {seed}').format(count=len(drawn), seed=seed)}", ""]
    for row in drawn.itertuples():
        lines += [f"- `{row.fact_id}`: {row.fact}"] + [f"  - {_read(dataset, source)}" for source in row.source_ids]
    return "\n".join(lines).rstrip() + "\n"


def _read(dataset: Dataset, source_id: str) -> str:
    source = dataset.sources.loc[source_id]
    return f"<{source['url']}>" + (f" ({reading_text(source['reading'])}: <{source['read_at']}>)" if source["read_at"] else "")


def _sections(dataset: Dataset) -> list[tuple[str, pd.DataFrame]]:
    publishers = audit.publishers(dataset)
    more = len(publishers) - MOST_PUBLISHERS
    title = _("Sources by publisher")
    if more > 0:
        title = ngettext("Sources by publisher (the largest; {count} more)", "Sources by publisher (the largest; {count} more)", more).format(count=more)
    return [
        (_("Goals"), goals_table(audit.goals(dataset))),
        (_("Facts by table, grade and confidence"), tables_table(dataset)),
        (_("Facts by age of their newest source"), ages_table(dataset, "source_months")),
        (_("Facts by time since they were last confirmed"), ages_table(dataset, "months")),
        (_("Countries by domain"), domains_table(dataset)),
        (title, publishers_table(publishers.head(MOST_PUBLISHERS))),
        (_("Rows that break a rule of good evidence"), mend_table(dataset)),
    ]


def goals_table(goals: list[Goal]) -> pd.DataFrame:
    """Return the goals as a table for people: what is measured, what is reached, with and without transcriptions, the goal, and whether it is met."""
    names = [_("What is measured"), _("Reached"), _("Without transcriptions"), _("Goal"), _("Met")]
    rows = [
        (
            _(goal.text),
            _amount(goal, goal.value),
            "" if goal.read is None else _amount(goal, goal.read),
            _amount(goal, goal.goal),
            _met(goal),
        )
        for goal in goals
    ]
    return pd.DataFrame(rows, columns=names)


def _met(goal: Goal) -> str:
    if goal.is_met_without_transcriptions:
        return _("yes")
    return _("only with transcriptions") if goal.is_met else _("no")


def _amount(goal: Goal, value: float) -> str:
    if pd.isna(value):
        return "–"
    if not goal.is_share:
        return language.number(value)
    tenths = int(value * 1000 + 1e-9)  # cut, not rounded: 94.96 must not read as the 95 that it is not
    return language.percent(tenths / 1000, 1 if tenths % 10 else 0)


def tables_table(dataset: Dataset) -> pd.DataFrame:
    """Return facts by table, grade and confidence, for people."""
    frame = audit.by_table(dataset)
    columns = {
        _("Table"): frame["table"].map(lambda name: _(TABLES[name].title)),
        _("Facts"): frame["facts"],
        **{_("Grade {grade}").format(grade=grade): frame[grade] for grade in GRADES},
        _("A to C"): frame["good"].map(share_text),
        **{_(_CONFIDENCE_TEXTS[confidence]): frame[confidence] for confidence in CONFIDENCES},
        _("From a transcription alone"): frame["transcribed"],
        _("Overdue"): frame["stale"],
    }
    return pd.DataFrame(columns)


_CONFIDENCE_TEXTS = {"high": mark("High confidence"), "medium": mark("Medium"), "low": mark("Low")}


def ages_table(dataset: Dataset, column: str) -> pd.DataFrame:
    """Return facts by age and table, for people; ``column`` as in :func:`indicators.audit.by_age`."""
    frame = audit.by_age(dataset, column)
    titles = frame["table"].map(lambda name: _(TABLES[name].title))
    return pd.DataFrame({_("Table"): titles, **{_(text): frame[text] for text in audit.AGE_TEXTS}})


def domains_table(dataset: Dataset) -> pd.DataFrame:
    """Return countries by domain, for people."""
    frame = audit.countries_by_domain(dataset)
    return pd.DataFrame(
        {
            _("Domain"): frame["domain"].map(lambda domain: _(DOMAIN_TITLES[domain])),
            _("Countries with evidence"): frame["countries"],
            _("of them with grades A to C"): frame["good"],
            _("Facts"): frame["facts"],
        }
    )


def publishers_table(publishers: pd.DataFrame) -> pd.DataFrame:
    """Return publishers, for people."""
    return publishers.rename(columns={"publisher": _("Publisher"), "sources": _("Sources"), "facts": _("Facts"), "grade": _("Best grade")})


def mend_table(dataset: Dataset) -> pd.DataFrame:
    """Return how many rows break which rule, and in which tables, for people."""
    rows = []
    for rule, broken in audit.to_mend(dataset).groupby("rule", sort=False):
        counts = broken["table"].value_counts()
        tables = ", ".join(_("{table}: {count}").format(table=_(TABLES[str(name)].title), count=language.number(count)) for name, count in counts.items())
        rows.append((_(str(rule)), tables, len(broken)))
    return pd.DataFrame(rows, columns=[_("Rule"), _("Tables"), _("Rows")]).astype({_("Rows"): int})


def share_text(share: float, decimals: int = 0) -> str:
    """Return a share (0 to 1) as a percentage, a dash when there is none."""
    return language.percent(share, decimals) if pd.notna(share) else "–"


def shelf_lives_text() -> str:
    """Return a sentence on how long a fact keeps, by table."""
    lives = [_("{table}: {months} months").format(table=_(TABLES[name].title), months=months) for name, months in SHELF_LIVES.items()]
    return _("A fact is overdue when nobody has confirmed it for longer than its kind keeps: {lives}. What once was does not go stale.").format(
        lives=", ".join(lives)
    )


def second_reading_text(row: dict[str, Any]) -> str:
    """Return one second reading as a sentence: how many facts, and how many were wrong."""
    read = row["facts"] - row["not_found"]
    share = share_text(row["wrong"] / read if read else float("nan"), 1)
    text = _(
        "Second reading of {drawn}: {facts} facts drawn at random. Main value wrong in {wrong} of the {read} that could be read again ({share}); another cell mended in {coding}."
    )
    return text.format(drawn=language.day(row["drawn"]), facts=row["facts"], wrong=row["wrong"], read=read, share=share, coding=row["coding"])


def _table(frame: pd.DataFrame) -> list[str]:
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame]
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "|".join("---:" if is_number else "---" for is_number in numeric) + "|"]
    for row in frame.itertuples(index=False):
        lines.append("| " + " | ".join(language.number(cell) if is_number else str(cell) for cell, is_number in zip(row, numeric, strict=True)) + " |")
    return lines
