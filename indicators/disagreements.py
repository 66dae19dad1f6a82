"""Facts that disagree: groups that answer one question, which of them the charts use, and why."""

from __future__ import annotations

from dataclasses import dataclass

from indicators import language
from indicators.charts.matrices import product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS
from indicators.dataset import Dataset
from indicators.fact_texts import METRIC_TEXTS, place_of, rivals
from indicators.language import _
from indicators.tables import FACT_TABLES, UNSPECIFIED


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts of one table that answer one question: those that charts use, and those set aside. Each fact's note says why."""

    table: str
    place: str
    used: tuple[str, ...]
    set_aside: tuple[str, ...]

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """All of them, the used ones first."""
        return (*self.used, *self.set_aside)


def disagreements(dataset: Dataset) -> tuple[Disagreement, ...]:
    """Return every group of facts that disagree, by table and place; a fact set aside for another reason stands alone.

    A fact belongs to one when a curator has written on it what disagrees, or has set it aside.
    """

    def gather() -> tuple[Disagreement, ...]:
        facts = dataset.facts
        seen: set[str] = set()
        found = []
        for fact_id in facts.index[(facts["conflict_note"] != "") | (facts["preferred"] == "no")]:
            if fact_id in seen:
                continue
            group = (fact_id, *rivals(dataset, fact_id))
            seen.update(group)
            chosen = facts.loc[list(group), "preferred"]
            used, aside = (tuple(chosen.index[chosen == answer]) for answer in ("yes", "no"))
            found.append(Disagreement(str(facts.at[fact_id, "table"]), place_of(dataset, fact_id), used, aside))
        return tuple(sorted(_joined(found), key=lambda one: (FACT_TABLES.index(one.table), one.place, one.fact_ids)))

    return dataset.remember("disagreements", gather)


def _joined(found: list[Disagreement]) -> list[Disagreement]:
    """Join a fact that is used and one that is set aside, of one table and place, whose answers are worded as two questions.

    They are joined only where there is one of each, so that no guess is needed which belongs to which.
    """
    halves: dict[tuple[str, str], list[Disagreement]] = {}
    for one in found:
        if not one.used or not one.set_aside:
            halves.setdefault((one.table, one.place), []).append(one)
    joined = [one for one in found if one.used and one.set_aside]
    for (table, place), own in halves.items():
        used, aside = [one for one in own if one.used], [one for one in own if one.set_aside]
        if len(used) == len(aside) == 1:
            joined.append(Disagreement(table, place, used[0].used, aside[0].set_aside))
        else:
            joined += own
    return joined


def heading(dataset: Dataset, one: Disagreement) -> str:
    """Return what the facts of a group are about: the place, the product, and what is measured."""
    row = dataset[one.table].set_index("fact_id").loc[one.fact_ids[0]].to_dict()
    about = [language.country_name(one.place) if one.place else ""]
    if row.get("product_id", "any") not in ("any", UNSPECIFIED):
        about.append(product_name(dataset, row["product_id"]))
    if row.get("metric"):
        about.append(_(METRIC_TEXTS[row["metric"]]))
    if row.get("price_type"):
        about.append(_(PRICE_TYPE_TEXTS[row["price_type"]]))
    if row.get("indication_id", UNSPECIFIED) != UNSPECIFIED:
        names = dataset.whole.remember("indication_texts", lambda: dataset["indications"].set_index("indication_id")["name"].to_dict())
        about.append(_(names[row["indication_id"]]))
    return " · ".join(part for part in about if part)
