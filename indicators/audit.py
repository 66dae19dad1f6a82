"""How good the dataset is, measured on itself: grades, confidence, age and coverage, what to mend, and facts to check again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators import jurisdictions, periods
from indicators.catalog import Domain
from indicators.coverage import placed_facts
from indicators.dataset import Dataset
from indicators.language import mark
from indicators.tables import CONFIDENCES, CURATED_TABLES, FACT_TABLES, GRADES, TABLES

DOMAIN_TABLES: dict[Domain, tuple[str, ...]] = {
    Domain.APPROVALS: ("approvals",),
    Domain.PRICES: ("prices",),
    Domain.REIMBURSEMENT: ("reimbursement",),
    Domain.MANUFACTURING: ("manufacturing_sites",),
    Domain.CARE: ("care_capacity", "availability"),
    Domain.NEED: ("cancer_incidence",),
    Domain.CONTEXT: ("context",),
}
# The authorities whose decisions the atlas means to hold whole, by jurisdiction.
FOLLOWED_REGULATORS = ("USA", "EU", "GBR", "CHE", "CAN", "AUS", "JPN", "CHN", "KOR", "SGP", "TWN", "BRA", "IND", "SAU", "ISR")
GOOD_GRADES = ("A", "B", "C")
_MONTHS = ((6, mark("up to 6 months")), (12, mark("7 to 12 months")), (24, mark("13 to 24 months")), (60, mark("25 to 60 months")))
_LONGER = mark("over 60 months")
UNDATED = mark("no date")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the dataset: what is measured, its value, the value aimed at, and whether both are shares (0 to 1) or counts.

    ``read`` is, for a share of grades, the value if transcriptions did not count: of those sources nobody of ours has
    read the text itself or a copy of it.
    """

    table: str
    text: str
    value: float
    goal: float
    is_share: bool
    read: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the value reaches the goal, transcriptions counted."""
        return self.value >= self.goal

    @property
    def is_met_without_transcriptions(self) -> bool:
        """Whether the value would reach the goal if transcriptions did not count."""
        return self.is_met and (self.read is None or self.read >= self.goal)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that good rows keep: whom it blames is a function from the table's frame to a boolean series."""

    table: str
    text: str
    fails: Callable[[pd.DataFrame], pd.Series]


def facts(dataset: Dataset) -> pd.DataFrame:
    """Return every fact with what its worth is judged by, indexed by ``fact_id``.

    Columns of :attr:`Dataset.facts`, and ``months`` (full months since it was last confirmed) and ``source_months``
    (since the newest of its sources was published, of a year or month its middle; NaN when none is dated).
    """

    def gather() -> pd.DataFrame:
        frame, published = dataset.facts, dataset.sources["published"].to_dict()
        ages = {}
        for ids in frame["source_ids"].unique():
            days = [periods.middle_day(published[one]) for one in ids.split(";") if published[one]]
            ages[ids] = _months(max(days), dataset.today) if days else float("nan")
        checked = {text: _months(periods.last_day(text), dataset.today) for text in frame["checked"].unique()}
        return frame.assign(months=frame["checked"].map(checked).astype("float64"), source_months=frame["source_ids"].map(ages).astype("float64"))

    return dataset.remember(("audit_facts", dataset.today), gather).copy(deep=False)


def _months(since: date, today: date) -> float:
    return float(max(0, (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)))


def age_text(months: float) -> str:
    """Return the name (to be translated) of the class of ages that a number of months falls into."""
    if pd.isna(months):
        return UNDATED
    return next((text for most, text in _MONTHS if months <= most), _LONGER)


AGE_TEXTS = (*(text for _most, text in _MONTHS), _LONGER, UNDATED)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """How well the facts that people collect are sourced: facts, their sources, and shares (0 to 1) of grades A to C.

    ``read`` counts sources of which the text itself or a copy was read; both shares are NaN without facts.
    """

    facts: int
    sources: int
    good: float
    read: float


def sourcing(dataset: Dataset) -> Sourcing:
    """Return how well the facts of the tables that people collect are sourced, all tables as one."""
    known = dataset.facts
    known = known[known["table"].isin(CURATED_TABLES)]
    sources = {one for ids in known["source_ids"].unique() for one in ids.split(";")}
    return Sourcing(len(known), len(sources), _share(known["grade"].isin(GOOD_GRADES)), _share(known["read_grade"].isin(GOOD_GRADES)))


def seed_of_the_day() -> int:
    """Return the number that facts to check are drawn with unless somebody asks for another: today, as YYYYMMDD."""
    return int(f"{date.today():%Y%m%d}")


def by_table(dataset: Dataset) -> pd.DataFrame:
    """Return one row a table: ``table, facts``, counts by grade and by confidence, ``good`` (share of grades A to C), ``transcribed, stale``."""
    frame, rows = facts(dataset), []
    for name in FACT_TABLES:
        own = frame[frame["table"] == name]
        rows.append(
            {
                "table": name,
                "facts": len(own),
                **{grade: int((own["grade"] == grade).sum()) for grade in GRADES},
                "good": _share(own["grade"].isin(GOOD_GRADES)),
                **{confidence: int((own["confidence"] == confidence).sum()) for confidence in CONFIDENCES},
                "transcribed": int((own["read_grade"] == "").sum()),
                "stale": int(own["stale"].sum()),
            }
        )
    return pd.DataFrame(rows)


def by_age(dataset: Dataset, column: str = "source_months") -> pd.DataFrame:
    """Return how many facts of each table are how old: one row a table, one column a class of ages (see :data:`AGE_TEXTS`).

    ``column`` says what the age is counted from: ``source_months`` (the newest source) or ``months`` (last confirmed).
    """
    frame = facts(dataset)
    counts = pd.crosstab(frame["table"], frame[column].map(age_text))
    return counts.reindex(index=[*FACT_TABLES], columns=[*AGE_TEXTS], fill_value=0).rename_axis(None, axis=1).reset_index()


def coverage(dataset: Dataset) -> pd.DataFrame:
    """Return one row a country and domain that has facts: ``iso3, domain, facts, grade`` (best), ``checked`` (newest).

    A European approval counts for each country that it holds in; any other figure on Europe as a whole for none.
    """

    def gather() -> pd.DataFrame:
        rows = placed_facts(dataset, DOMAIN_TABLES).rename(columns={"group": "domain"}).join(dataset.facts[["grade", "checked"]], on="fact_id")
        grouped = rows.groupby(["iso3", "domain"], sort=True)
        return grouped.agg(facts=("fact_id", "size"), grade=("grade", "min"), checked=("checked", "max")).reset_index()

    return dataset.remember("audit_coverage", gather).copy(deep=False)


def countries_by_domain(dataset: Dataset) -> pd.DataFrame:
    """Return one row a domain: ``domain, countries`` (with at least one fact), ``facts``, ``good`` (countries with a fact of grade A to C)."""
    cover, rows = coverage(dataset), []
    for domain, tables in DOMAIN_TABLES.items():
        own = cover[cover["domain"] == domain]
        count = sum(len(dataset[name]) for name in tables)
        rows.append({"domain": domain, "countries": len(own), "facts": count, "good": int(own["grade"].isin(GOOD_GRADES).sum())})
    return pd.DataFrame(rows)


def source_counts(dataset: Dataset) -> pd.DataFrame:
    """Return how many facts name each source, and in which tables: ``facts, tables`` (joined by ";"), indexed by ``source_id``."""

    def gather() -> pd.DataFrame:
        rows = dataset.facts[["source_ids", "table"]].assign(source_id=dataset.facts["source_ids"].str.split(";")).explode("source_id")
        counts = rows.groupby("source_id")["table"].agg(facts="size", tables=lambda names: ";".join(names.unique()))
        return counts.reindex(dataset.sources.index).fillna({"facts": 0, "tables": ""}).astype({"facts": int})

    return dataset.remember("source_counts", gather).copy(deep=False)


def publishers(dataset: Dataset) -> pd.DataFrame:
    """Return one row a publisher: ``publisher, sources, facts`` (that name one of them), ``grade`` (best); most facts first."""
    sources = dataset.sources.join(source_counts(dataset)["facts"])
    grouped = sources.groupby("publisher").agg(sources=("source_id", "size"), facts=("facts", "sum"), grade=("grade", "min"))
    return grouped.reset_index().sort_values(["facts", "publisher"], ascending=[False, True]).reset_index(drop=True)


def _followed(frame: pd.DataFrame) -> pd.Series:
    """Return which rows of the approvals are decisions of the authorities that the atlas follows whole."""
    return frame["jurisdiction"].isin(FOLLOWED_REGULATORS) & (frame["status"] != "none-documented")


def _decided(frame: pd.DataFrame) -> pd.Series:
    return _followed(frame) & frame["status"].isin(["approved", "withdrawn"])


def _has_full_date(frame: pd.DataFrame) -> pd.Series:
    return frame["approval_date"].map(periods.is_full).astype(bool)


def _is_dated_event(frame: pd.DataFrame) -> pd.Series:
    """Return which rows of reimbursement are events with a date: "no decision" and an assessment under way are none."""
    return ~frame["decision"].isin(["no-decision", "under-assessment"])


RULES: tuple[Rule, ...] = (
    Rule("approvals", mark("Decision of a followed regulator without a full date"), lambda frame: _decided(frame) & ~_has_full_date(frame)),
    Rule("approvals", mark("Decision of a followed regulator without its pathway"), lambda frame: _decided(frame) & (frame["pathway"] == "unknown")),
    Rule("prices", mark("Price without a date"), lambda frame: frame["effective_date"] == ""),
    Rule("prices", mark("Price whose kind of date is only an article's"), lambda frame: frame["date_basis"] == "article"),
    Rule("reimbursement", mark("Decision without a date"), lambda frame: _is_dated_event(frame) & (frame["decision_date"] == "")),
    Rule("reimbursement", mark("Decision dated by an article"), lambda frame: _is_dated_event(frame) & (frame["date_basis"] == "article")),
    Rule(
        "manufacturing_sites",
        mark("Site called operational without evidence of 2025 or later"),
        lambda frame: (frame["status"] == "operational") & (frame["status_as_of"] < "2025"),
    ),
    Rule("manufacturing_sites", mark("Site that nobody confirms"), lambda frame: frame["status"] == "unverified"),
)
PRESS_ALONE = mark("Rests on the press alone (grade D)")
OUT_OF_DATE = mark("Not confirmed within its shelf life")


def to_mend(dataset: Dataset) -> pd.DataFrame:
    """Return the facts that break a rule of good evidence: ``rule`` (to be translated), ``table, fact_id``, one row for each breach."""
    rows: list[tuple[str, str, str]] = []
    for rule in RULES:
        frame = dataset[rule.table]
        rows += [(rule.text, rule.table, fact_id) for fact_id in frame.loc[rule.fails(frame), "fact_id"]]
    known = facts(dataset)
    for text, blamed in ((PRESS_ALONE, (known["grade"] == "D") & known["table"].isin(CURATED_TABLES)), (OUT_OF_DATE, known["stale"])):
        rows += [(text, row.table, row.fact_id) for row in known[blamed].itertuples()]
    return pd.DataFrame(rows, columns=["rule", "table", "fact_id"])


def goals(dataset: Dataset) -> list[Goal]:
    """Return the goals that the dataset was deepened towards, each with what it reaches."""
    known = facts(dataset)
    graded, read = known["grade"], known["read_grade"]
    approvals, prices, sites = dataset["approvals"], dataset["prices"], dataset["manufacturing_sites"]
    coverage_decisions, care = dataset["reimbursement"], dataset["care_capacity"]
    followed = approvals[_followed(approvals)]
    decided = approvals[_decided(approvals)]
    running = sites[sites["status"] == "operational"]

    def good(table: str, text: str, frame: pd.DataFrame, goal: float) -> Goal:
        shares = [_share(frame["fact_id"].map(grades).isin(GOOD_GRADES)) for grades in (graded, read)]
        return Goal(table, text, shares[0], goal, True, shares[1])

    def countries(domain: Domain) -> int:
        cover = coverage(dataset)
        return int((cover["domain"] == domain).sum())

    care = care[care["jurisdiction"] != jurisdictions.EU]
    counted = care.loc[care["metric"] == "clinical-trials", "jurisdiction"].nunique()
    return [
        good("approvals", mark("Decisions of fifteen regulators resting on grades A to C"), followed, 0.95),
        Goal("approvals", mark("Decisions of fifteen regulators with a full date"), _share(_has_full_date(decided)), 0.9, True),
        Goal("approvals", mark("Decisions of fifteen regulators with their pathway"), _share(decided["pathway"] != "unknown"), 0.9, True),
        Goal("approvals", mark("Countries with an approval, an application or a documented absence"), countries(Domain.APPROVALS), 120, False),
        good("prices", mark("Prices resting on grades A to C"), prices, 0.6),
        Goal("prices", mark("Countries with a price"), countries(Domain.PRICES), 50, False),
        good("reimbursement", mark("Facts on payment resting on grades A to C"), coverage_decisions, 0.85),
        Goal(
            "reimbursement",
            mark("Decisions and advice on payment with a date"),
            _share(coverage_decisions.loc[_is_dated_event(coverage_decisions), "decision_date"] != ""),
            0.85,
            True,
        ),
        Goal("reimbursement", mark("Countries with a fact on payment, word that there is no decision included"), countries(Domain.REIMBURSEMENT), 70, False),
        Goal("manufacturing_sites", mark("Sites of manufacture, planned and unconfirmed ones included"), len(sites), 160, False),
        Goal("manufacturing_sites", mark("Countries with a site, planned and unconfirmed ones included"), countries(Domain.MANUFACTURING), 48, False),
        good("manufacturing_sites", mark("Sites resting on grades A to C"), sites, 0.75),
        Goal("manufacturing_sites", mark("Operational sites seen in 2025 or later"), _share(running["status_as_of"] >= "2025"), 0.6, True),
        Goal("care_capacity", mark("Countries with a figure on care"), care["jurisdiction"].nunique(), 70, False),
        Goal("care_capacity", mark("Countries whose trials are counted"), counted, 60, False),
    ]


def _share(holds: pd.Series) -> float:
    return float(holds.mean()) if len(holds) else float("nan")


def second_reading(readings: pd.DataFrame) -> pd.DataFrame:
    """Return one row a second reading: ``drawn, facts, wrong`` (main value), ``coding`` (other cells corrected), ``not_found``.

    ``readings`` is the dataset's table of second readings.
    """
    rows = []
    for drawn, group in readings.groupby("drawn"):
        verdicts = group["main_value"]
        rows.append(
            {
                "drawn": str(drawn),
                "facts": len(group),
                "wrong": int((verdicts == "wrong").sum()),
                "coding": int((group["coding"] == "corrected").sum()),
                "not_found": int((verdicts == "not-found").sum()),
            }
        )
    return pd.DataFrame(rows, columns=["drawn", "facts", "wrong", "coding", "not_found"])


def sample(dataset: Dataset, count: int, seed: int, tables: Iterable[str] = CURATED_TABLES) -> pd.DataFrame:
    """Return facts drawn at random from some tables, the same for the same dataset and seed.

    Columns ``table, fact_id, fact`` (what the row says, ``column: value``, without its provenance), ``source_ids`` and
    ``urls`` (tuples, in the same order).
    """
    chosen = [name for name in FACT_TABLES if name in set(tables)]
    ids = [(name, fact_id) for name in chosen for fact_id in sorted(dataset[name]["fact_id"])]
    drawn = random.Random(seed).sample(ids, min(count, len(ids)))
    urls, source_ids = dataset.sources["url"].to_dict(), dataset.facts["source_ids"].to_dict()
    rows = []
    for name, fact_id in drawn:
        frame = dataset[name]
        row = frame[frame["fact_id"] == fact_id].iloc[0]
        told = [column for column in TABLES[name].names if column not in _NOT_TOLD and row[column] != "" and not pd.isna(row[column])]
        text = "; ".join(f"{column}: {row[column]:.12g}" if isinstance(row[column], float) else f"{column}: {row[column]}" for column in told)
        sources = tuple(source_ids[fact_id].split(";"))
        rows.append((name, fact_id, text, sources, tuple(urls[one] for one in sources)))
    return pd.DataFrame(rows, columns=["table", "fact_id", "fact", "source_ids", "urls"])


_NOT_TOLD = {"fact_id", "source_ids", "confidence", "checked", "preferred", "conflict_note"}
