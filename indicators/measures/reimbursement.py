"""Reimbursement: what public money pays for, how much of what is authorised, and how long the decision took.

A country's status uses national decisions first; where there are none, those of provinces, states or nations within
the country, and says so. Advice and private cover never count as public cover.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators import periods
from indicators.dataset import Dataset
from indicators.measures import all_countries, approvals
from indicators.measures.approvals import count_distinct
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED, fact_ids, observations
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS

PUBLIC = ("full-public", "conditional-public")
POSITIVE = ("recommended", "recommended-restricted", "managed-access")
FINAL = (*POSITIVE, "not-recommended")
AGREEMENTS = ("confidential", "discount", "outcomes-based", "staged-payment", "coverage-with-evidence", "volume-cap")

STATUS_ORDER = ("covered", "covered-conditionally", "covered-in-part", "case-by-case", "private-only", "not-covered")
PAYING = STATUS_ORDER[:3]  # public money pays, at least in part of the country
_STATUS_OF_COVERAGE = {
    "full-public": "covered",
    "conditional-public": "covered-conditionally",
    "case-by-case": "case-by-case",
    "private-only": "private-only",
    "none": "not-covered",
}


def latest_decisions(dataset: Dataset) -> pd.DataFrame:
    """Return what holds now: of each payer, product and indication the newest public decision.

    Columns of the table, with ``iso3``. National facts where a country has any on that product and indication, else
    subnational ones; advice and private cover are left out.
    """

    def compute() -> pd.DataFrame:
        facts = dataset["reimbursement"]
        facts = facts[(facts["preferred"] == "yes") & facts["scope"].isin(["national", "subnational"])].rename(columns={"jurisdiction": "iso3"})
        newest = facts.sort_values(["known_from", "fact_id"]).drop_duplicates(["iso3", "payer", "product_id", "indication_id"], keep="last")
        national = newest[newest["scope"] == "national"][["iso3", "product_id", "indication_id"]].drop_duplicates().assign(has_national=True)
        merged = newest.merge(national, how="left", on=["iso3", "product_id", "indication_id"])
        return merged[(merged["scope"] == "national") | merged["has_national"].isna()].drop(columns="has_national")

    return dataset.remember("latest_decisions", compute)


def covered(dataset: Dataset) -> pd.DataFrame:
    """Return the decisions of :func:`latest_decisions` by which public money pays, in full or on conditions."""
    decisions = latest_decisions(dataset)
    return decisions[decisions["coverage"].isin(PUBLIC)]


def reimbursement_status(dataset: Dataset) -> pd.DataFrame:
    """Return the best public cover that any product has, by country: ``label`` is the category, ``value`` its rank from best.

    Ranks follow STATUS_ORDER. Private cover counts when no public decision says more.
    """
    rows = []
    private = dataset["reimbursement"]
    private = private[(private["preferred"] == "yes") & (private["scope"] == "private") & (private["coverage"] == "private-only")]
    private_by_country = {iso3: tuple(group["fact_id"]) for iso3, group in private.groupby("jurisdiction")}
    decisions = latest_decisions(dataset)
    public_by_country = dict(list(decisions.groupby("iso3")))
    for iso3 in sorted({*public_by_country, *private_by_country}):
        best: tuple[int, str, tuple[str, ...]] | None = None
        for scope in ("national", "subnational"):
            group = public_by_country.get(iso3)
            group = group[group["scope"] == scope] if group is not None else None
            best_here = _best_status(group, scope) if group is not None else None
            if best_here and (best is None or best_here[0] < best[0]):
                best = best_here
        if iso3 in private_by_country and (best is None or best[0] > STATUS_ORDER.index("private-only")):
            best = (STATUS_ORDER.index("private-only"), "private-only", private_by_country[iso3])
        if best is None:
            continue
        rank, label, facts = best
        rows.append(
            {
                "iso3": iso3,
                "value": rank,
                "status": DOCUMENTED_NONE if label == "not-covered" else OBSERVED,
                "label": label,
                "fact_ids": facts,
            }
        )
    return observations(rows, all_countries(dataset))


def _best_status(decisions: pd.DataFrame, scope: str) -> tuple[int, str, tuple[str, ...]] | None:
    statuses = decisions["coverage"].map(_STATUS_OF_COVERAGE)
    if scope == "subnational":
        statuses = statuses.replace({"covered": "covered-in-part", "covered-conditionally": "covered-in-part"})
    present = [status for status in STATUS_ORDER if (statuses == status).any()]
    if not present:
        return None
    best = present[0]
    return STATUS_ORDER.index(best), best, tuple(decisions.loc[statuses == best, "fact_id"])


def decisions_by_product(dataset: Dataset) -> pd.DataFrame:
    """Return :func:`latest_decisions` with each covering decision on every product spelled out for the authorised ones.

    ``for_all`` (bool) marks the rows that stand for a decision on every product. ``since`` is the day from which a
    decision counts for the product: its own date; of one on every product that of the product's first authorisation
    here, if that came later, and "" where either of the two is not known.
    """

    def compute() -> pd.DataFrame:
        decisions = latest_decisions(dataset)
        for_all = (decisions["product_id"] == ANY_PRODUCT) & decisions["coverage"].isin(PUBLIC)
        spelled = _spell_out(dataset, decisions[for_all])
        first = approvals.first_approvals(dataset).set_index(["iso3", "product_id"])["approval_date"].to_dict()
        pairs = zip(spelled["iso3"], spelled["product_id"], strict=True)
        authorised = [decided if pair[1] == ANY_PRODUCT else first.get(pair, "") for pair, decided in zip(pairs, spelled["decision_date"], strict=True)]
        since = [max(decided, own) if decided and own else "" for decided, own in zip(spelled["decision_date"], authorised, strict=True)]
        named = decisions[~for_all].assign(for_all=False, since=decisions.loc[~for_all, "decision_date"])
        spelled = spelled.assign(for_all=spelled["product_id"] != ANY_PRODUCT, since=since)
        together = pd.concat([named, spelled], ignore_index=True)
        return together.astype({"for_all": bool})

    return dataset.remember("decisions_by_product", compute)


def covered_products(dataset: Dataset) -> pd.DataFrame:
    """Return the decisions by which public money pays, one row a decision and product: ``iso3, product_id, fact_id, …``.

    A decision on every CAR-T product (``any``) stands for each product with a marketing authorisation in the country.
    """

    decisions = decisions_by_product(dataset)
    return decisions[decisions["coverage"].isin(PUBLIC)]


def _spell_out(dataset: Dataset, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return decisions on every product as one row for each product authorised in the country; as it is if there is none."""
    market = _authorised_for_market(dataset)[["iso3", "product_id"]].drop_duplicates()
    spelled = decisions.drop(columns="product_id").merge(market, how="left", on="iso3")
    spelled["product_id"] = spelled["product_id"].fillna(ANY_PRODUCT)
    return spelled[[*decisions.columns]]


def _count_covered(dataset: Dataset, column: str, specials: tuple[str, ...]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    paid = dict(list(covered_products(dataset).groupby("iso3")))
    for iso3, decisions in latest_decisions(dataset).groupby("iso3"):
        if iso3 in paid:
            group = paid[iso3]
            rows.append({"iso3": iso3, "value": count_distinct(group[column], specials), "status": DERIVED, "fact_ids": fact_ids(group["fact_id"])})
        elif (decisions["coverage"] == "none").all():
            rows.append({"iso3": iso3, "value": 0.0, "status": DOCUMENTED_NONE, "fact_ids": tuple(decisions["fact_id"])})
    return observations(rows, all_countries(dataset))


def products_covered(dataset: Dataset) -> pd.DataFrame:
    """Return the number of products that public money pays for, in full or on conditions, by country."""
    return _count_covered(dataset, "product_id", PRODUCT_SPECIALS)


def indications_covered(dataset: Dataset) -> pd.DataFrame:
    """Return the number of different indications that public money pays for with at least one product, by country."""
    indications = dataset["indications"]
    return _count_covered(dataset, "indication_id", tuple(indications.loc[indications["countable"] == "no", "indication_id"]))


def _authorised_for_market(dataset: Dataset) -> pd.DataFrame:
    granted = approvals.approved(dataset)
    return granted[(granted["pathway"] != "hospital-exemption") & ~granted["product_id"].isin(PRODUCT_SPECIALS)]


def availability_counts(dataset: Dataset) -> pd.DataFrame:
    """Return how many of a country's authorised products public money pays for: ``iso3, covered, authorised, is_known, fact_ids``.

    ``authorised`` counts products with a marketing authorisation, ``covered`` those among them that are paid for in full
    or on conditions. ``is_known`` is False where no decision says yes or no of a product; ``covered`` then means nothing.
    """

    def compute() -> pd.DataFrame:
        rows = []
        paid = covered_products(dataset)
        decisions = latest_decisions(dataset)
        for iso3, group in _authorised_for_market(dataset).groupby("iso3"):
            authorised = set(group["product_id"])
            about = decisions[decisions["iso3"] == iso3]
            named = about[about["product_id"].isin(authorised | {ANY_PRODUCT}) & about["coverage"].isin([*PUBLIC, "none"])]
            here = paid[(paid["iso3"] == iso3) & paid["product_id"].isin(authorised)]
            rows.append(
                {
                    "iso3": iso3,
                    "covered": here["product_id"].nunique(),
                    "authorised": len(authorised),
                    "is_known": not named.empty,
                    "fact_ids": fact_ids(group["fact_id"], named["fact_id"]),
                }
            )
        return pd.DataFrame(rows, columns=["iso3", "covered", "authorised", "is_known", "fact_ids"]).astype({"is_known": bool})

    return dataset.remember("availability_counts", compute)


def rate_of_availability(dataset: Dataset) -> pd.DataFrame:
    """Return the share of products with a marketing authorisation in the country that public money pays for, in percent.

    After EFPIA's Patients W.A.I.T. indicator. A floor: a product without a known decision counts as not covered.
    Countries for which no decision says yes or no have no evidence. A decision that names no product can't be counted.
    """
    counts = availability_counts(dataset)
    rows = [
        {"iso3": row["iso3"], "value": row["covered"] / row["authorised"] * 100, "status": DERIVED, "fact_ids": row["fact_ids"]}
        for row in counts[counts["is_known"]].to_dict("records")
    ]
    return observations(rows, all_countries(dataset))


def availability_delays(dataset: Dataset) -> pd.DataFrame:
    """Return days from marketing authorisation to public cover: ``iso3, product_id, days, authorised, covered, fact_ids``.

    For each product with a marketing authorisation in the country: from its first authorisation there to the first
    decision by which public money pays for it. Both dates must be known to the month; a month stands for its middle.
    Payment before the authorisation, by early access, counts as no delay. A product of which some covering decision is undated is left out, for that one may have been the first. A decision
    on every CAR-T product counts for each from the day of its authorisation, if that came later.
    """

    def compute() -> pd.DataFrame:
        facts = dataset["reimbursement"]
        facts = facts[(facts["preferred"] == "yes") & facts["scope"].isin(["national", "subnational"]) & facts["coverage"].isin(PUBLIC)].rename(
            columns={"jurisdiction": "iso3"}
        )
        is_any = facts["product_id"] == ANY_PRODUCT
        facts = pd.concat([facts[~is_any].assign(for_all=False), _spell_out(dataset, facts[is_any]).assign(for_all=True)], ignore_index=True)
        # National decisions first: a province's earlier cover does not make the country's.
        national = set(facts.loc[facts["scope"] == "national", ["iso3", "product_id"]].itertuples(index=False, name=None))
        keep = [
            (scope == "national") or ((iso3, product) not in national)
            for scope, iso3, product in facts[["scope", "iso3", "product_id"]].itertuples(index=False)
        ]
        facts = facts[pd.Series(keep, index=facts.index, dtype=bool)]
        vague = facts.loc[facts["decision_date"].str.len() < 7, ["iso3", "product_id"]].drop_duplicates().assign(vague=True)
        facts = facts.merge(vague, how="left", on=["iso3", "product_id"])
        facts = facts[facts["vague"].isna()].drop(columns="vague")
        days = pd.Series([periods.middle_day(text) for text in facts["decision_date"]], index=facts.index, dtype="object")
        facts = facts.assign(paid_day=pd.to_datetime(days))
        first_paid = facts.sort_values(["paid_day", "fact_id"]).drop_duplicates(["iso3", "product_id"])
        market = approvals.first_approvals(dataset)
        market = market[market["fact_id"].isin(_authorised_for_market(dataset)["fact_id"]) & (market["approval_date"].str.len() >= 7)]
        paired = first_paid.merge(market, on=["iso3", "product_id"], suffixes=("_paid", "_authorised"))
        return pd.DataFrame(
            {
                "iso3": paired["iso3"],
                "product_id": paired["product_id"],
                "days": (paired["paid_day"].where(~paired["for_all"], paired[["paid_day", "day"]].max(axis=1)) - paired["day"])
                .dt.days.clip(lower=0)
                .astype("float64"),
                "authorised": paired["approval_date"],
                "covered": paired["decision_date"],
                "fact_ids": list(zip(paired["fact_id_authorised"], paired["fact_id_paid"], strict=True)),
            }
        )

    return dataset.remember("availability_delays", compute)


def time_to_availability(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of the days from marketing authorisation to public cover, by country."""
    rows = [
        {"iso3": iso3, "value": group["days"].median(), "status": DERIVED, "fact_ids": fact_ids(*group["fact_ids"])}
        for iso3, group in availability_delays(dataset).groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def final_decisions(dataset: Dataset, scopes: Sequence[str] = ("national", "subnational")) -> pd.DataFrame:
    """Return the final decisions of all time, positive or negative; the table's columns, ``iso3`` and ``is_positive``.

    Reviews under way, applications never made and decisions never taken are not final. ``scopes`` are of the table:
    decisions of payers, unless advice or private cover is asked for.
    """
    facts = dataset["reimbursement"]
    final = facts[(facts["preferred"] == "yes") & facts["scope"].isin(scopes) & facts["decision"].isin(FINAL)]
    return final.rename(columns={"jurisdiction": "iso3"}).assign(is_positive=final["decision"].isin(POSITIVE))


def share_of_positive_decisions(dataset: Dataset) -> pd.DataFrame:
    """Return positive decisions as a percentage of final public decisions of all time, by country."""
    rows = [
        {"iso3": iso3, "value": group["is_positive"].mean() * 100, "status": DERIVED, "fact_ids": tuple(group["fact_id"])}
        for iso3, group in final_decisions(dataset).groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def managed_entry_agreements(dataset: Dataset) -> pd.DataFrame:
    """Return the number of product-indication pairs paid for under a managed entry agreement, by country.

    Zero only where a source says of every decision that there is no agreement; an unknown scheme is no evidence.
    """
    rows: list[dict[str, object]] = []
    for iso3, group in covered(dataset).groupby("iso3"):
        agreed = group[group["scheme"].isin(AGREEMENTS)]
        if len(agreed):
            pairs = agreed[["product_id", "indication_id"]].drop_duplicates()
            rows.append({"iso3": iso3, "value": len(pairs), "status": DERIVED, "fact_ids": tuple(agreed["fact_id"])})
        elif (group["scheme"] == "none").all():
            rows.append({"iso3": iso3, "value": 0.0, "status": DOCUMENTED_NONE, "fact_ids": tuple(group["fact_id"])})
        else:
            rows.append({"iso3": iso3, "value": float("nan"), "status": NO_EVIDENCE, "fact_ids": ()})
    return observations(rows, all_countries(dataset))
