"""The access cascade: how much of the world's population lives in a country that has reached each stage.

The stages are not nested: a country can make CAR-T in a hospital with nothing approved. Each counts on its own.
"""

from __future__ import annotations

import pandas as pd

from indicators import catalog
from indicators.dataset import Dataset
from indicators.jurisdictions import INCOME_GROUP_ORDER, PARTS_OF_FRANCE
from indicators.language import mark
from indicators.measures import care
from indicators.money import Money
from indicators.observations import fact_ids

STAGES = {
    "approved": mark("A product is approved"),
    "covered": mark("Public money pays"),
    "given": mark("It is given at a centre"),
    "made": mark("It is made at home"),
}
ALL_GROUPS = "all"
COVERED_STATUSES = ("covered", "covered-conditionally", "covered-in-part")


def reached(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return for each stage the observations of the countries that have reached it."""

    def compute() -> dict[str, pd.DataFrame]:
        approved = catalog.observe(dataset, "products-approved")
        status = catalog.observe(dataset, "reimbursement-status")
        given = care.gives_treatment(dataset)
        made = catalog.observe(dataset, "makes-its-own")
        return {
            "approved": approved[approved["value"] > 0],
            "covered": status[status["label"].isin(COVERED_STATUSES)],
            "given": given[given["value"] > 0],
            "made": made[made["label"] == "operating"],
        }

    return dataset.remember("cascade_reached", compute)


def access_cascade(dataset: Dataset, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the share of people who live in a country that has reached each stage, in total and by income group.

    Columns: ``stage``, ``group`` (World Bank code or ``all``), ``share`` (percent of the group's people), ``people``,
    ``countries`` (number that reached it), ``countries_total``, ``fact_ids``. Countries without evidence count as not
    having reached a stage. Population: the newest figure of each country; countries without one are left out,
    and so are the French overseas departments beside France, whose population includes them.
    """
    money = Money.of(dataset)
    counted = [iso3 for iso3 in countries if iso3 not in PARTS_OF_FRANCE or "FRA" not in countries]
    populations = {iso3: found.value for iso3 in counted if (found := money.context(iso3, "population"))}
    table = dataset["countries"]
    group_of = table.set_index("iso3")["wb_income_group"]
    rows = []
    for stage, observations in reached(dataset).items():
        have = observations[observations["iso3"].isin(populations)]
        for group in (ALL_GROUPS, *INCOME_GROUP_ORDER):
            members = [iso3 for iso3 in populations if group in (ALL_GROUPS, group_of.get(iso3))]
            if not members:
                continue
            inside = have[have["iso3"].isin(members)]
            people = sum(populations[iso3] for iso3 in inside["iso3"])
            rows.append(
                {
                    "stage": stage,
                    "group": group,
                    "share": people / sum(populations[iso3] for iso3 in members) * 100,
                    "people": people,
                    "countries": inside["iso3"].nunique(),
                    "countries_total": len(members),
                    "fact_ids": fact_ids(*inside["fact_ids"]),
                }
            )
    return pd.DataFrame(rows, columns=["stage", "group", "share", "people", "countries", "countries_total", "fact_ids"])
