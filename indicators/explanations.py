"""How a value came about: an indicator's formula with one country's own numbers filled in, line by line.

The parts come from the same functions that the indicators are computed with, so an explanation can't tell another
story than the value; a test computes each last line anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from indicators import catalog, language, price_explanations
from indicators.catalog import Indicator
from indicators.charts.matrices import product_name
from indicators.charts.wording import STATUS_TEXTS, value_text
from indicators.dataset import Dataset
from indicators.jurisdictions import EU
from indicators.language import _, ngettext
from indicators.measures import approvals, need, reimbursement
from indicators.money import Money
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from indicators.price_explanations import median_of
from indicators.tables import PRODUCT_SPECIALS

_Lines = list[str]


def explain(dataset: Dataset, indicator_id: str, iso3: str, product_id: str = "") -> tuple[str, ...]:
    """Return the lines that lead from a country's facts to its value; the last one ends with the value.

    A value that a source states needs no lines but one that says so; missing evidence and documented absences have
    none. ``product_id`` chooses the row of an indicator by product. Raises UnknownIndicatorError for an unknown id.
    """
    indicator = catalog.get(indicator_id)
    seen = catalog.observe(dataset, indicator_id)
    seen = seen[seen["iso3"] == iso3]
    if indicator.by_product and "product_id" in seen:
        seen = seen[seen["product_id"] == product_id]
    if seen.empty:
        return ()
    row: dict[str, Any] = {str(name): value for name, value in seen.head(1).to_dict("records")[0].items()}
    if row["status"] == NO_EVIDENCE or (row["status"] == DOCUMENTED_NONE and not row["value"]):
        return ()
    lines = _STEPS.get(indicator_id, _as_stated)(dataset, indicator, row)
    return tuple(lines)


def _result(indicator: Indicator, row: dict[str, Any]) -> str:
    return value_text(indicator, row["value"], row["label"])


def _as_stated(_dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    year = row.get("year")
    told = _(STATUS_TEXTS["observed"]) if len(row["fact_ids"]) == 1 else _("as {count} sources say").format(count=len(row["fact_ids"]))
    return [f"{told}: {_result(indicator, row)}" + ("" if year is None or pd.isna(year) else f" ({int(year)})")]


def _listed(names: list[str]) -> str:
    return ", ".join(names)


# --- approvals ---------------------------------------------------------------------------------------------------------


def _products_approved(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    granted = approvals.approved(dataset)
    granted = granted[granted["iso3"] == row["iso3"]]
    return [_("{names} = {value}").format(names=_product_list(dataset, granted), value=_result(indicator, row))]


def _product_list(dataset: Dataset, granted: pd.DataFrame) -> str:
    european = granted.groupby("product_id")["via"].agg(lambda via: (via == EU).all())
    named = sorted(set(granted["product_id"]) - set(PRODUCT_SPECIALS))
    names = [product_name(dataset, product) + (" " + _("(by a decision for the EU)") if european[product] else "") for product in named]
    return _listed(names) if names else _("a product that the source does not name")


def _share_of_world(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    granted = approvals.approved(dataset)
    here = approvals.count_distinct(granted.loc[granted["iso3"] == row["iso3"], "product_id"])
    world = approvals.count_distinct(granted["product_id"])
    return [
        _("100 × {here} / {world} products authorised anywhere = {value}").format(
            here=language.number(here), world=language.number(world), value=_result(indicator, row)
        )
    ]


def _indications_approved(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    granted = approvals.approved(dataset)
    return [_indication_line(dataset, indicator, row, granted[granted["iso3"] == row["iso3"]])]


def _indication_line(dataset: Dataset, indicator: Indicator, row: dict[str, Any], facts: pd.DataFrame) -> str:
    table = dataset["indications"].set_index("indication_id")
    present = [code for code in table.index if code in set(facts["indication_id"])]
    countable = [code for code in present if table.at[code, "countable"] == "yes"]
    names = _listed([_(str(table.at[code, "short_name"])) for code in countable or present])
    if not countable and len(present) > 1:
        names += " " + _("(sources do not say which line or subtype: they count as one)")
    return _("{names} = {value}").format(names=names, value=_result(indicator, row))


def _first_approval(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    first = approvals.first_approvals(dataset)
    first = first[first["iso3"] == row["iso3"]].sort_values(["day", "product_id"])
    lines = [f"{product_name(dataset, item['product_id'])}: {language.day(item['approval_date'])}" for item in first.to_dict("records")]
    return [*lines, _("the earliest = {value}").format(value=_result(indicator, row))]


def _approval_lag(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    lags = approvals.approval_lags(dataset)
    leaders = dataset["approvals"].set_index("fact_id")
    lines = []
    here = lags[lags["iso3"] == row["iso3"]].sort_values("lag_days")
    for item in here.to_dict("records"):
        leader = leaders.loc[item["first_fact_id"]]
        lines.append(
            _("{product}: {here} − {first} ({place}) = {days}").format(
                product=product_name(dataset, item["product_id"]),
                here=language.day(item["approval_date"]),
                first=language.day(leader["approval_date"]),
                place=language.country_name(leader["jurisdiction"]),
                days=_days(item["lag_days"]),
            )
        )
    return [*lines, median_of(len(here), _result(indicator, row))]


def _days(count: float) -> str:
    return ngettext("{count} day", "{count} days", round(count)).format(count=language.number(count))


# --- reimbursement -----------------------------------------------------------------------------------------------------


def _products_covered(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    paid = reimbursement.covered_products(dataset)
    named = sorted(set(paid.loc[paid["iso3"] == row["iso3"], "product_id"]) - set(PRODUCT_SPECIALS))
    names = _listed([product_name(dataset, product) for product in named]) if named else _("a product that the source does not name")
    return [_("{names} = {value}").format(names=names, value=_result(indicator, row))]


def _indications_covered(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    paid = reimbursement.covered_products(dataset)
    return [_indication_line(dataset, indicator, row, paid[paid["iso3"] == row["iso3"]])]


def _rate_of_availability(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    market, paid = approvals.approved(dataset), reimbursement.covered_products(dataset)
    market = market[(market["iso3"] == row["iso3"]) & (market["pathway"] != "hospital-exemption") & ~market["product_id"].isin(PRODUCT_SPECIALS)]
    authorised = sorted(set(market["product_id"]))
    covered = sorted(set(paid.loc[paid["iso3"] == row["iso3"], "product_id"]) & set(authorised))
    return [
        _("authorised: {names}").format(names=_listed([product_name(dataset, product) for product in authorised])),
        _("covered: {names}").format(names=_listed([product_name(dataset, product) for product in covered]) or _("none of them")),
        _("100 × {covered} / {authorised} = {value}").format(covered=len(covered), authorised=len(authorised), value=_result(indicator, row)),
    ]


def _time_to_availability(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    delays = reimbursement.availability_delays(dataset)
    here = delays[delays["iso3"] == row["iso3"]].sort_values("days")
    lines = [
        _("{product}: authorised {authorised}, covered {covered} = {days}").format(
            product=product_name(dataset, item["product_id"]),
            authorised=language.day(item["authorised"]),
            covered=language.day(item["covered"]),
            days=_days(item["days"]),
        )
        for item in here.to_dict("records")
    ]
    return [*lines, median_of(len(here), _result(indicator, row))]


def _positive_decisions(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    decisions = dataset["reimbursement"].set_index("fact_id").loc[list(row["fact_ids"]), "decision"]
    positive = int(decisions.isin(reimbursement.POSITIVE).sum())
    return [_("100 × {positive} positive / {total} final decisions = {value}").format(positive=positive, total=len(decisions), value=_result(indicator, row))]


def _agreements(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    facts = dataset["reimbursement"].set_index("fact_id").loc[list(row["fact_ids"])]
    names = dataset["indications"].set_index("indication_id")["short_name"]
    pairs = facts[["product_id", "indication_id"]].drop_duplicates().sort_values(["product_id", "indication_id"])
    told = [f"{product_name(dataset, product)} / {_(str(names[use]))}" for product, use in pairs.itertuples(index=False)]
    return [_("{names} = {value}").format(names=_listed(told), value=_result(indicator, row))]


# --- manufacture -------------------------------------------------------------------------------------------------------


def _sites(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    names = dataset["manufacturing_sites"].set_index("fact_id").loc[list(row["fact_ids"]), "site_name"]
    return [_("{names} = {value}").format(names=_listed(sorted(names)), value=_result(indicator, row))]


def _capacity_sum(dataset: Dataset, iso3: str) -> tuple[str, float]:
    capacity = catalog.observe(dataset, "stated-capacity").set_index("iso3").loc[iso3]
    sites = dataset["manufacturing_sites"].set_index("fact_id").loc[list(capacity["fact_ids"])]
    parts = [f"{language.number(site['capacity_patients_per_year'])} ({site['site_name']})" for _id, site in sites.iterrows()]
    return " + ".join(parts), float(capacity["value"])


def _capacity(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    return [_("{names} = {value}").format(names=_capacity_sum(dataset, row["iso3"])[0], value=_result(indicator, row))]


def _capacity_per(people_id: str) -> Callable[[Dataset, Indicator, dict[str, Any]], _Lines]:
    def lines(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
        parts, total = _capacity_sum(dataset, row["iso3"])
        people = catalog.observe(dataset, people_id).set_index("iso3").at[row["iso3"], "value"]
        return [
            _("{names} = {value}").format(names=parts, value=language.number(total)),
            _("1,000 × {capacity} / {people} = {value}").format(
                capacity=language.number(total), people=language.number(float(people)), value=_result(indicator, row)
            ),
        ]

    return lines


def _distance(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    site = dataset["manufacturing_sites"].set_index("site_id").loc[row["label"]]
    capital = dataset["countries"].set_index("iso3").at[row["iso3"], "capital"]
    where = ", ".join(part for part in (site["site_name"], site["city"], language.country_name(site["iso3"])) if part)
    return [_("from {capital} to {site} = {value}").format(capital=capital, site=where, value=value_text(indicator, row["value"]))]


def _median_of_reports(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    facts = dataset["turnaround"].set_index("fact_id").loc[list(row["fact_ids"])]
    if len(facts) == 1:
        return _as_stated(dataset, indicator, row)
    values = [
        f"{language.number(fact['value'], indicator.decimals)} ({product_name(dataset, fact['product_id'])}, {fact['reference_date'][:4] or _('undated')})"
        for _id, fact in facts.sort_values("value").iterrows()
    ]
    return [_listed(values), median_of(len(facts), value_text(indicator, row["value"]))]


# --- care and need -----------------------------------------------------------------------------------------------------


def _per_people(count_id: str, per: int) -> Callable[[Dataset, Indicator, dict[str, Any]], _Lines]:
    def lines(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
        count = catalog.observe(dataset, count_id).set_index("iso3").loc[row["iso3"]]
        year = count.get("year")
        known = None if year is None or pd.isna(year) else int(year)
        population = Money.of(dataset).context(row["iso3"], "population", known)
        if population is None:
            return []
        unit = catalog.get(count_id)
        return [
            _("{per} × {count} / {people} people ({year}) = {value}").format(
                per=language.number(per),
                count=value_text(unit, count["value"], count["label"]) + (f" ({known})" if known else ""),
                people=language.number(population.value),
                year=population.year,
                value=_result(indicator, row),
            )
        ]

    return lines


def _three_cancers(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    facts = dataset["cancer_incidence"].set_index("fact_id").loc[list(row["fact_ids"])]
    names = {"nhl": _("non-Hodgkin lymphoma"), "leukaemia": _("leukaemia"), "multiple-myeloma": _("multiple myeloma")}
    parts = [f"{language.number(fact['new_cases'])} ({names[fact['cancer']]})" for _id, fact in facts.iterrows()]
    return [_("{names} = {value}").format(names=" + ".join(parts), value=_result(indicator, row))]


def _cases_per_people(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    cases = need.new_cases_of_three(dataset).set_index("iso3").loc[row["iso3"]]
    population = Money.of(dataset).context(row["iso3"], "population", int(cases["year"]))
    if population is None:
        return []
    return [
        _("{per} × {count} / {people} people ({year}) = {value}").format(
            per=language.number(100_000),
            count=language.number(cases["value"]),
            people=language.number(population.value),
            year=population.year,
            value=_result(indicator, row),
        )
    ]


_STEPS: dict[str, Callable[[Dataset, Indicator, dict[str, Any]], _Lines]] = {
    **price_explanations.STEPS,
    "products-approved": _products_approved,
    "indications-approved": _indications_approved,
    "share-of-world-products": _share_of_world,
    "first-approval-date": _first_approval,
    "median-approval-lag": _approval_lag,
    "products-covered": _products_covered,
    "indications-covered": _indications_covered,
    "rate-of-availability": _rate_of_availability,
    "time-to-availability": _time_to_availability,
    "positive-decisions": _positive_decisions,
    "managed-entry-agreements": _agreements,
    "manufacturing-sites": _sites,
    "commercial-sites": _sites,
    "hospital-sites": _sites,
    "coming-sites": _sites,
    "vector-sites": _sites,
    "stated-capacity": _capacity,
    "capacity-per-1000-eligible": _capacity_per("eligible-patients"),
    "capacity-per-1000-cases": _capacity_per("new-cases-three-cancers"),
    "distance-to-site": _distance,
    "vein-to-vein-time": _median_of_reports,
    "manufacturing-failure-rate": _median_of_reports,
    "centres-per-10-million": _per_people("treatment-centres", 10_000_000),
    "trials-per-10-million": _per_people("clinical-trials", 10_000_000),
    "patients-per-million": _per_people("patients-treated", 1_000_000),
    "new-cases-three-cancers": _three_cancers,
    "new-cases-per-100000": _cases_per_people,
}
