"""Proposals to widen access: which countries have what is proposed, and how they stand beside those that have not.

Membership comes from the facts on sites, approvals, decisions and routes, and from the table of proposals where those
say nothing. A plan, a rule that nobody was seen to use, or something that ended is not the thing itself: such
countries are kept apart and enter neither side of a comparison. Everybody else has "no evidence that they have it".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from indicators.dataset import Dataset
from indicators.jurisdictions import EU, INCOME_GROUP_ORDER, WORLD, eu_members
from indicators.language import mark
from indicators.measures import all_countries, approvals, manufacturing, reimbursement
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

HAS = "has"
APART = "apart"  # planned, ended, or known only as a rule, an advice or a private insurer's scheme
NOT = DOCUMENTED_NONE  # a source says that the country has it not

EVERYBODY = "all"
GROUPS = (EVERYBODY, *INCOME_GROUP_ORDER)
LEAST = 3  # countries that each side needs before their medians are set beside each other
OUTCOME_SCHEMES = ("outcomes-based", "staged-payment", "coverage-with-evidence")
# What is not one exact figure enters no average; see the data rules.
INEXACT = ("at-least", "at-most", "approximate", "range", "bound", "target")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal. Texts are English and pass through gettext where they are shown.

    ``criterion`` says how the countries that have it are told, ``apart`` who is kept apart. ``moves`` gives the
    indicators that it should move, each with the reason in one sentence. ``note`` is what else a reader must know.
    ``has_worked`` is False for what is in trials only: it can't have moved a country's access yet, so no comparison of
    those that have it with the others says anything of it.
    """

    id: str
    title: str
    criterion: str
    apart: str
    moves: tuple[tuple[str, str], ...]
    note: str
    has_worked: bool = True


_MORE_PATIENTS = mark("If it widens access, more people are treated for the size of the population.")
_RIVAL = mark("A maker at home is an alternative that a payer can point to when it negotiates a list price.")

PROPOSALS: dict[str, Proposal] = {
    proposal.id: proposal
    for proposal in (
        Proposal(
            "point-of-care-manufacture",
            mark("Point-of-care and academic manufacture"),
            mark("Countries with an operating site that makes CAR-T cells in a hospital, university or blood service."),
            mark("Countries whose site is planned, closed or not confirmed, or where only a law or a plan is known."),
            (
                ("patients-per-million", _MORE_PATIENTS),
                ("treatment-rate", mark("A hospital that makes cells can treat without waiting for a slot elsewhere; the rate of the registries counts that.")),
                ("centres-per-10-million", mark("A hospital that makes cells usually gives them too, so centres should come with it.")),
                ("vein-to-vein-time", mark("Cells that are not shipped to a distant plant should be back sooner.")),
                ("median-list-price", _RIVAL),
            ),
            mark(
                "Prices of what hospitals make are not compared with list prices: they are different things. The page on prices shows them beside each other."
            ),
        ),
        Proposal(
            "hospital-exemption",
            mark("Hospital exemption"),
            mark("Countries in which a hospital exemption for CAR-T, or an authorised hospital-made product, is in use."),
            mark("Countries where a source says only that the rule exists; no CAR-T was seen to be given under it."),
            (
                ("patients-per-million", _MORE_PATIENTS),
                ("treatment-rate", mark("Products under an exemption add to those of companies, so registries should count more treatments.")),
                ("clinical-trials", mark("An exemption rests on a hospital's own trials, so trials should come before it.")),
                ("median-list-price", _RIVAL),
            ),
            mark("An exemption need not be published: countries may use one without our knowing."),
        ),
        Proposal(
            "outcome-based-payment",
            mark("Payment by outcome or evidence"),
            mark(
                "Countries whose newest covering decision ties payment to outcomes, pays in stages or asks for the collection of evidence: wider than payment by outcome alone, which the page on reimbursement counts."
            ),
            mark("Countries where only advice, a private insurer, an older decision or a decision without known cover names such a scheme."),
            (
                ("products-covered", mark("A payer that shares the risk can say yes to more products.")),
                ("indications-covered", mark("A payer that shares the risk can say yes where the evidence is young.")),
                ("rate-of-availability", mark("More of what is authorised should be paid for.")),
                ("positive-decisions", mark("Uncertainty is a common reason for a no, and the scheme answers it.")),
                ("time-to-availability", mark("Agreement should be quicker when the risk is shared, unless the contract takes longer to write.")),
            ),
            mark("Schemes are known where decisions are published in detail; such countries have more decisions of every kind on record."),
        ),
        Proposal(
            "shared-review",
            mark("Shared or relied-on review"),
            mark("Members of a scheme in use by which regulators or assessors share or rely on reviews, the European Economic Area among them."),
            mark("Countries where a scheme is agreed or planned but does not run yet, such as members of the African Medicines Agency."),
            (
                ("products-approved", mark("One file for several countries makes small markets worth a filing.")),
                ("indications-approved", mark("Extensions should follow without a new review in each country.")),
                ("median-approval-lag", mark("A review that is shared or relied on should come sooner after the first in the world.")),
                ("time-to-availability", mark("Where assessments for payment are shared too, the decision should follow sooner.")),
            ),
            mark("Reviews of medicines and joint assessments for payers are both counted. Most members are in Europe, where one decision holds for all."),
        ),
        Proposal(
            "regional-hub",
            mark("Regional hubs"),
            mark("Countries that make CAR-T and give it to patients of other countries, or with other countries, by what sources say."),
            mark("Countries where a hub is planned."),
            (
                ("patients-per-million", mark("A hub that makes for several countries should treat more people at home too.")),
                ("centres-per-10-million", mark("Patients from abroad can sustain centres that one country's patients could not.")),
                ("median-list-price", _RIVAL),
            ),
            mark("A hub should help its neighbours most, which no indicator here measures."),
        ),
        Proposal(
            "allogeneic-product",
            mark("Allogeneic products"),
            mark("Countries with an authorised CAR-T product from donor cells, or with trials of one; so far there are only trials."),
            mark("Countries whose trials have ended or are planned."),
            (
                ("patients-per-million", _MORE_PATIENTS),
                ("vein-to-vein-time", mark("Cells made in advance from donors need not be waited for.")),
                ("manufacturing-failure-rate", mark("Cells of healthy donors do not fail for the weakness of a patient's own.")),
                ("median-list-price", mark("One donor's cells can serve many patients, which should cost less for each.")),
            ),
            mark("Trials can't have moved a country's access yet: this shows where trials are run, and is the line to measure from."),
            has_worked=False,
        ),
    )
}


def standings(dataset: Dataset, proposal_id: str) -> pd.DataFrame:
    """Return how each country stands to a proposal: ``iso3``, ``standing`` (HAS, APART, NOT or NO_EVIDENCE) and ``fact_ids`` (tuple).

    Raises KeyError for a proposal that does not exist.
    """
    tell = _TELL[proposal_id]
    return dataset.remember(("standings", proposal_id), lambda: tell(dataset)).copy(deep=False)


def compare(stood: pd.DataFrame, seen: pd.DataFrame, income_groups: pd.Series) -> pd.DataFrame:
    """Return the medians of the countries that have a proposal and of those without evidence that they have it.

    ``stood`` is a frame of :func:`standings`, ``seen`` the observations of an indicator, ``income_groups`` the World
    Bank group by ``iso3``. One row for everybody and one for each income group (GROUPS), in columns ``group``,
    ``have`` and ``without`` (numbers of countries with an exact value), ``median_have``, ``median_without`` (NaN for
    no country), ``difference`` (NaN where a side has fewer than LEAST countries) and ``fact_ids``. Bounds, ranges and
    approximations enter no median; countries that stand apart enter neither side, nor do documented absences.
    """
    exact = seen[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE) & ~seen["label"].isin(INEXACT)]
    sides = exact.merge(stood[["iso3", "standing"]], on="iso3")
    sides = sides[sides["standing"] != APART]
    sides = sides.assign(has=sides["standing"] == HAS, income=sides["iso3"].map(income_groups).fillna(""))
    rows = []
    for group in GROUPS:
        own = sides if group == EVERYBODY else sides[sides["income"] == group]
        have, without = own[own["has"]]["value"], own[~own["has"]]["value"]
        enough = len(have) >= LEAST and len(without) >= LEAST
        rows.append(
            {
                "group": group,
                "have": len(have),
                "without": len(without),
                "median_have": have.median() if len(have) else float("nan"),
                "median_without": without.median() if len(without) else float("nan"),
                "difference": have.median() - without.median() if enough else float("nan"),
                "fact_ids": fact_ids(*own["fact_ids"]),
            }
        )
    return pd.DataFrame(rows)


def _frame(dataset: Dataset, by_standing: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the standings; ``by_standing`` has for each standing facts with ``iso3`` and ``fact_id``, the strongest first."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for standing, facts in by_standing.items():
        for iso3, group in facts.groupby("iso3"):
            found.setdefault(str(iso3), (standing, tuple(dict.fromkeys(group["fact_id"]))))
    rows = [(iso3, *found.get(iso3, (NO_EVIDENCE, ()))) for iso3 in all_countries(dataset)]
    return pd.DataFrame(rows, columns=["iso3", "standing", "fact_ids"])


def _listed(dataset: Dataset, proposal_id: str, states: Iterable[str]) -> pd.DataFrame:
    """Return the rows of the table of proposals in some states, with ``iso3``; those on the EU or the world stand for no country."""
    rows = dataset["proposals"]
    rows = rows[(rows["proposal_id"] == proposal_id) & rows["state"].isin(tuple(states)) & (rows["preferred"] == "yes")]
    return _of(rows[~rows["jurisdiction"].isin([EU, WORLD])], "jurisdiction")


def _of(facts: pd.DataFrame, column: str = "iso3") -> pd.DataFrame:
    return facts.rename(columns={column: "iso3"})[["iso3", "fact_id"]]


def _point_of_care(dataset: Dataset) -> pd.DataFrame:
    sites = dataset["manufacturing_sites"]
    sites = sites[sites["site_type"].isin(manufacturing.HOSPITAL_SITE_TYPES)]
    runs = sites["status"] == "operational"
    apart = pd.concat([_of(sites[~runs]), _listed(dataset, "point-of-care-manufacture", ("in-use", "planned", "ended"))])
    return _frame(dataset, {HAS: _of(sites[runs]), APART: apart})


def _hospital_exemption(dataset: Dataset) -> pd.DataFrame:
    used = approvals.academic_route(dataset)
    used = used[used["label"] == "yes"][["iso3", "fact_ids"]].explode("fact_ids").rename(columns={"fact_ids": "fact_id"})
    routes = dataset["availability"]
    routes = routes[(routes["route"] == "hospital-exemption") & (routes["preferred"] == "yes")]
    apart = pd.concat([_of(routes[routes["available"] == "unknown"]), _listed(dataset, "hospital-exemption", ("in-use", "planned", "ended"))])
    return _frame(dataset, {HAS: used, APART: apart, NOT: _of(routes[routes["available"] == "no"])})


def _outcome_based(dataset: Dataset) -> pd.DataFrame:
    paid = reimbursement.covered(dataset)
    named = dataset["reimbursement"]
    named = named[named["scheme"].isin(OUTCOME_SCHEMES) & (named["preferred"] == "yes")]
    has = pd.concat([_of(paid[paid["scheme"].isin(OUTCOME_SCHEMES)]), _listed(dataset, "outcome-based-payment", ("in-use",))])
    apart = pd.concat([_of(named, "jurisdiction"), _listed(dataset, "outcome-based-payment", ("planned", "ended"))])
    return _frame(dataset, {HAS: has, APART: apart})


def _shared_review(dataset: Dataset) -> pd.DataFrame:
    rows = dataset["proposals"]
    european = rows[(rows["proposal_id"] == "shared-review") & (rows["state"] == "in-use") & (rows["jurisdiction"] == EU) & (rows["preferred"] == "yes")]
    # The common procedure binds the members of the day, not those of the day on which it began.
    members = pd.DataFrame({"iso3": sorted(eu_members(dataset.today) & set(all_countries(dataset)))})
    has = pd.concat([_listed(dataset, "shared-review", ("in-use",)), members.merge(european[["fact_id"]], how="cross")])
    return _frame(dataset, {HAS: has, APART: _listed(dataset, "shared-review", ("planned", "ended"))})


def _regional_hub(dataset: Dataset) -> pd.DataFrame:
    return _frame(dataset, {HAS: _listed(dataset, "regional-hub", ("in-use",)), APART: _listed(dataset, "regional-hub", ("planned", "ended"))})


def _allogeneic(dataset: Dataset) -> pd.DataFrame:
    products = dataset["products"]
    donor = set(products.loc[products["cell_source"] == "allogeneic", "product_id"])
    granted = approvals.approved(dataset)
    has = pd.concat([_of(granted[granted["product_id"].isin(donor)]), _listed(dataset, "allogeneic-product", ("in-use",))])
    return _frame(dataset, {HAS: has, APART: _listed(dataset, "allogeneic-product", ("planned", "ended"))})


_TELL: dict[str, Callable[[Dataset], pd.DataFrame]] = {
    "point-of-care-manufacture": _point_of_care,
    "hospital-exemption": _hospital_exemption,
    "outcome-based-payment": _outcome_based,
    "shared-review": _shared_review,
    "regional-hub": _regional_hub,
    "allogeneic-product": _allogeneic,
}
