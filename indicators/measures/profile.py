"""How far each product has come in one country: from authorisation to treatment, each step with the facts behind it.

The stages are not nested: a hospital can make and give CAR-T that no regulator has authorised for the market. Each
counts on its own, and a stage of which nothing is known is left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from indicators import jurisdictions
from indicators.dataset import Dataset
from indicators.jurisdictions import EU
from indicators.measures import approvals, manufacturing, reimbursement
from indicators.observations import fact_ids
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS

# What is covered is what public money pays for, in full or on conditions; private cover is told of, but counts for nothing.
STAGES = ("approved", "priced", "reviewed", "covered", "made", "given")

# The best first: a cell shows the best that any of its facts says.
YES, PARTLY, UNDER_REVIEW, NEGATIVE, NONE, UNKNOWN = "yes", "partly", "under-review", "negative", "none", "unknown"
STATES = (YES, PARTLY, UNDER_REVIEW, NEGATIVE, NONE, UNKNOWN)

_DECISION_STATES = {
    "recommended": YES,
    "recommended-restricted": PARTLY,
    "managed-access": PARTLY,
    "under-assessment": UNDER_REVIEW,
    "not-recommended": NEGATIVE,
    "not-submitted": NONE,
    "no-decision": NONE,
    "unknown": PARTLY,  # somebody decided; what, the source does not say
}
_SITE_STATES = {"operational": YES, "closed": NEGATIVE, "unverified": UNKNOWN}  # all others: to come
_COUNTED = ("treatment-centres", "patients-treated-annual", "patients-treated-cumulative")
_TRIALS = ("clinical-trials", "trial-sites")
_ROUTE_STATES = {
    ("marketing-authorisation", "yes"): YES,
    ("marketing-authorisation", "limited"): PARTLY,
    ("hospital-exemption", "yes"): YES,
    ("hospital-exemption", "limited"): PARTLY,
    ("named-patient", "yes"): PARTLY,
    ("named-patient", "limited"): PARTLY,
    ("clinical-trial-only", "yes"): PARTLY,
    ("clinical-trial-only", "limited"): PARTLY,
}


class Evidence(NamedTuple):
    """What one fact says of a product at a stage. ``why`` is the code (of the table's own vocabulary) that the state follows from.

    ``of_all`` marks what a fact says of every product and not of this one by name.
    """

    product_id: str
    stage: str
    state: str
    why: str
    fact_id: str
    date: str = ""
    via: str = ""
    of_all: bool = False


def ladder(dataset: Dataset, iso3: str) -> pd.DataFrame:
    """Return how far each product that is known in a country has come, one row a product and stage.

    Columns: ``product_id`` (``any`` for facts that name no product), ``stage`` (of STAGES), ``state`` (of STATES: the
    best that a fact says), ``why`` (code that the state follows from), ``date`` (of the first fact with that state;
    what was said of all products counts from this one's own authorisation on), ``earlier`` and ``earlier_why`` (of an
    approval: the date and the pathway of an authorisation on conditions that came before the one that makes the state,
    else empty), ``via`` (``EU`` where a European decision alone makes the state), ``inherited`` (bool: said of all
    products, not of this one), ``fact_ids``. Every product has a row for each stage; without facts its state is ``unknown``.
    Documented absences of any product (nothing authorised, nothing decided, no public cover) hold for each product of
    which nothing else is known.
    """

    def compute() -> pd.DataFrame:
        found = [item for collect in (_approved, _priced, _decided, _made, _given) for item in collect(dataset, iso3)]
        facts = pd.DataFrame(found, columns=[*Evidence._fields])
        facts["product_id"] = facts["product_id"].mask(facts["product_id"].isin(PRODUCT_SPECIALS), ANY_PRODUCT)
        cells = {key: _cell(group) for key, group in facts.groupby(["product_id", "stage"])}
        absent = _absences(facts)
        rows = []
        for product in sorted(facts["product_id"].unique()):
            for stage in STAGES:
                own, of_all = cells.get((product, stage)), absent.get(stage)
                inherits = of_all is not None and (own is None or own["state"] == UNKNOWN)
                shown = dict(of_all if inherits and of_all else own or _NOTHING)
                if inherits and own:
                    shown["fact_ids"] = fact_ids(shown["fact_ids"], own["fact_ids"])
                shown["inherited"] = (inherits or shown["inherited"]) and product != ANY_PRODUCT
                rows.append({"product_id": product, "stage": stage, **shown})
        return pd.DataFrame(rows, columns=["product_id", "stage", *_NOTHING])

    return dataset.remember(("ladder", iso3), compute).copy(deep=False)


_NOTHING: dict[str, Any] = {"state": UNKNOWN, "why": "", "date": "", "earlier": "", "earlier_why": "", "via": "", "inherited": False, "fact_ids": ()}


def _cell(group: pd.DataFrame) -> dict[str, Any]:
    state = next(state for state in STATES if (group["state"] == state).any())
    deciding = group[group["state"] == state]
    firm = deciding[deciding["why"] != "case-by-case"]  # a decision for all patients says more than one for each of them
    deciding = firm if len(firm) else deciding
    dated = deciding[deciding["date"] != ""].sort_values("date")
    first = (dated if len(dated) else deciding).iloc[0]
    # An authorisation on conditions is one: a full one that follows does not make the product any younger.
    before = group[(group["stage"] == "approved") & (group["state"] == PARTLY) & (group["date"] != "") & (group["date"] < first["date"])].sort_values("date")
    return {
        "state": state,
        "why": first["why"],
        "date": first["date"],
        "earlier": before["date"].iloc[0] if len(before) and state == YES else "",
        "earlier_why": before["why"].iloc[0] if len(before) and state == YES else "",
        "via": EU if (deciding["via"] == EU).all() else "",
        "inherited": bool(deciding["of_all"].all()),
        "fact_ids": fact_ids(deciding["fact_id"], group["fact_id"]),
    }


def _absences(facts: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what is documented as absent for every product: nothing authorised, nothing decided, nothing paid with public money."""
    of_all = facts[(facts["product_id"] == ANY_PRODUCT) & facts["stage"].isin(["approved", "reviewed", "covered"]) & (facts["why"] != "private-only")]
    found = {str(stage): _cell(group) for stage, group in of_all.groupby("stage")}
    return {stage: cell for stage, cell in found.items() if cell["state"] in (NONE, NEGATIVE)}


def _approved(dataset: Dataset, iso3: str) -> Iterator[Evidence]:
    granted = approvals.approved(dataset)
    for row in granted[granted["iso3"] == iso3].to_dict("records"):
        state = YES if row["pathway"] in ("full", "unknown") else PARTLY
        yield Evidence(row["product_id"], "approved", state, row["pathway"], row["fact_id"], row["approval_date"], row["via"])
    facts = dataset["approvals"]
    others = jurisdictions.expand(facts[(facts["preferred"] == "yes") & (facts["status"] != "approved")])
    states = {"under-review": UNDER_REVIEW, "refused": NEGATIVE, "withdrawn": NEGATIVE, "none-documented": NONE}
    for row in others[others["iso3"] == iso3].to_dict("records"):
        date = row["status_date"] or row["approval_date"]
        yield Evidence(row["product_id"], "approved", states[row["status"]], row["status"], row["fact_id"], date, row["via"])


def _priced(dataset: Dataset, iso3: str) -> Iterator[Evidence]:
    facts = dataset["prices"]
    for row in facts[(facts["jurisdiction"] == iso3) & (facts["preferred"] == "yes")].to_dict("records"):
        of_product = row["price_type"] != "total-treatment-cost" and row["value_kind"] in ("exact", "approximate", "range")
        yield Evidence(row["product_id"], "priced", YES if of_product else PARTLY, row["price_type"], row["fact_id"], row["effective_date"])


def _decided(dataset: Dataset, iso3: str) -> Iterator[Evidence]:
    """Yield what payers, and bodies that advise them, decided on a product, and what is paid for."""
    facts = dataset["reimbursement"]
    facts = facts[(facts["preferred"] == "yes") & (facts["jurisdiction"] == iso3)]
    newest = facts.sort_values(["known_from", "fact_id"]).drop_duplicates(["payer", "product_id", "indication_id"], keep="last")
    public = reimbursement.decisions_by_product(dataset)
    for row in public[public["iso3"] == iso3].to_dict("records"):
        reviewed = _DECISION_STATES[row["decision"]]
        paid, why = _cover(row)
        if row["scope"] == "subnational":  # yes for a part of the country
            reviewed, paid = (PARTLY if state == YES else state for state in (reviewed, paid))
            why = "in-part" if row["coverage"] in reimbursement.PUBLIC else why
        yield Evidence(row["product_id"], "reviewed", reviewed, row["decision"], row["fact_id"], row["since"], of_all=row["for_all"])
        yield Evidence(row["product_id"], "covered", paid, why, row["fact_id"], row["since"], of_all=row["for_all"])
    for row in newest[newest["scope"] == "advisory"].to_dict("records"):
        state = _DECISION_STATES[row["decision"]]
        yield Evidence(row["product_id"], "reviewed", PARTLY if state == YES else state, "advice", row["fact_id"], row["decision_date"])
    for row in newest[(newest["scope"] == "private") & newest["coverage"].isin(["private-only", "case-by-case"])].to_dict("records"):
        yield Evidence(row["product_id"], "covered", UNKNOWN, "private-only", row["fact_id"], row["decision_date"])  # says nothing of public money


def _cover(row: dict) -> tuple[str, str]:
    """Return state and reason of what a public decision pays for."""
    coverage, decision = row["coverage"], row["decision"]
    if coverage == "full-public":
        return YES, coverage
    if coverage in ("conditional-public", "case-by-case", "private-only"):
        return PARTLY, coverage
    if decision == "under-assessment":
        return UNDER_REVIEW, decision
    if coverage == "unknown":
        return UNKNOWN, coverage
    return (NONE, "no-decision") if decision in ("no-decision", "unknown", "not-submitted") else (NEGATIVE, "refused")


def _made(dataset: Dataset, iso3: str) -> Iterator[Evidence]:
    sites = dataset["manufacturing_sites"]
    for row in sites[(sites["iso3"] == iso3) & sites["site_type"].isin(manufacturing.CELL_SITE_TYPES)].to_dict("records"):
        for product in row["product_ids"].split(";") if row["product_ids"] else [ANY_PRODUCT]:
            yield Evidence(product, "made", _SITE_STATES.get(row["status"], PARTLY), row["status"], row["fact_id"], row["start_year"])


def _given(dataset: Dataset, iso3: str) -> Iterator[Evidence]:
    """Yield what shows that patients get a product: counts of patients and centres, results, trials, and open routes."""
    care = dataset["care_capacity"]
    for row in care[(care["jurisdiction"] == iso3) & (care["preferred"] == "yes") & care["metric"].isin([*_COUNTED, *_TRIALS])].to_dict("records"):
        amount = row["value"] if pd.notna(row["value"]) else row["value_low"]
        if row["metric"] in _TRIALS or row["scope"] == "single-trial":
            state = PARTLY if amount else UNKNOWN  # no trial is not yet no treatment
            yield Evidence(row["product_id"], "given", state, "trial", row["fact_id"], row["reference_date"])
        elif row["value_kind"] == "target":
            yield Evidence(row["product_id"], "given", PARTLY, "target", row["fact_id"], row["reference_date"])
        elif amount:
            yield Evidence(row["product_id"], "given", YES, row["metric"], row["fact_id"], row["reference_date"])
        else:  # a zero of one survey, centre or region says nothing of the others
            state, why = (NONE, row["metric"]) if row["scope"] == "national" else (UNKNOWN, "none-in-part")
            yield Evidence(row["product_id"], "given", state, why, row["fact_id"], row["reference_date"])
    for table, date in (("outcomes", "year"), ("turnaround", "reference_date")):
        frame = dataset[table]
        for row in frame[(frame["jurisdiction"] == iso3) & (frame["preferred"] == "yes") & (frame["setting"] != "design")].to_dict("records"):
            state = YES if row["setting"] == "real-world" else PARTLY
            yield Evidence(row["product_id"], "given", state, row["setting"], row["fact_id"], row[date])
    routes = dataset["availability"]
    for row in routes[(routes["iso3"] == iso3) & (routes["preferred"] == "yes")].to_dict("records"):
        state = NONE if row["route"] == "none" else _ROUTE_STATES.get((row["route"], row["available"]), "")
        if state:
            yield Evidence(ANY_PRODUCT, "given", state, row["route"], row["fact_id"], row["first_year"])
