"""A country in words: who its peers are, and what is known of access to CAR-T in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from indicators import language
from indicators.catalog import get, observe
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.known_in_part import facts_in_part
from indicators.language import _, mark, ngettext
from indicators.measures import approvals, prices
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from indicators.tables import PRODUCT_SPECIALS

_INCOME_PEERS = {
    "HIC": mark("high-income countries"),
    "UMC": mark("upper-middle-income countries"),
    "LMC": mark("lower-middle-income countries"),
    "LIC": mark("low-income countries"),
}
_REGION_PEERS = {
    "Africa": mark("countries of Africa"),
    "Americas": mark("countries of the Americas"),
    "Asia": mark("countries of Asia"),
    "Europe": mark("countries of Europe"),
    "Oceania": mark("countries of Oceania"),
}
_COVER = {
    "covered": mark("public money pays"),
    "covered-conditionally": mark("public money pays on conditions"),
    "covered-in-part": mark("public money pays in part of the country"),
    "case-by-case": mark("public money pays case by case"),
    "private-only": mark("private cover only"),
    "not-covered": mark("no public cover"),
}
_ROUTES = {
    "hospital-exemption": mark("patients are treated under a hospital exemption"),
    "named-patient": mark("patients are treated as named patients"),
    "clinical-trial-only": mark("patients are treated in trials"),
    "medical-travel-outbound": mark("patients travel abroad"),
    "none": mark("a source says that there is no route to treatment"),
}


def peers_text(dataset: Dataset, iso3: str, group: str) -> str:
    """Return a group of peers (see :mod:`indicators.measures.standing`) inside a sentence: ``upper-middle-income countries``."""
    country = dataset["countries"].set_index("iso3").loc[iso3]
    if group == "income":
        return _(_INCOME_PEERS[country["wb_income_group"]])
    return _(_REGION_PEERS[country["un_m49_region"]]) if group == "region" else _("all countries")


def seen(dataset: Dataset, indicator_id: str, iso3: str) -> pd.Series:
    """Return a country's observation of an indicator that has one row a country."""
    frame = observe(dataset, indicator_id)
    return frame[frame["iso3"] == iso3].iloc[0]


def list_price_range(dataset: Dataset, iso3: str) -> str:
    """Return the list prices of a country that are known as ranges only, in words; "" for none. They have no median, so they stand as they are."""
    ranges = prices.list_price_ranges(dataset)
    own = ranges[ranges["iso3"] == iso3]
    if own.empty:
        return ""
    return _("US${low}–{high}").format(low=language.compact(own["usd"].min()), high=language.compact(own["usd_high"].max()))


def finding(dataset: Dataset, iso3: str) -> str:
    """Return what is known of access in a country in one sentence: approval, payment, manufacture, patients.

    What is not known is said once, at the end, apart from what sources document as none, and from what is known in part.
    """
    parts = [_approved(dataset, iso3), _covered(dataset, iso3), _made(dataset, iso3), _given(dataset, iso3)]
    told = [text for text, _subject, _ids in parts if text]
    in_part: list[str] = []
    unknown: list[str] = []
    for text, subject, indicator_ids in parts:
        if not text:
            (in_part if any(facts_in_part(dataset, one, iso3) for one in indicator_ids) else unknown).append(subject)
    name = language.country_name(iso3)
    if in_part:
        told.append(_("known in part, without a figure for the whole: {subjects}").format(subjects=", ".join(in_part)))
    if not told:
        return _("{country}: we looked for approvals, public cover, manufacture and treatment, and found no evidence of any.").format(country=name)
    text = _("{country}: {parts}").format(country=name, parts="; ".join(told))
    return text + (_("; no evidence found on {subjects}.").format(subjects=", ".join(unknown)) if unknown else ".")


# The indicators that would tell of treatment in a country.
TREATMENT = ("treatment-centres", "patients-treated-ever", "patients-treated")
_Part = tuple[str, str, tuple[str, ...]]  # what is known, "" for nothing; the subject; and the indicators that would tell of it


def _approved(dataset: Dataset, iso3: str) -> _Part:
    about = _("approvals"), ("products-approved",)
    count, first = seen(dataset, "products-approved", iso3), seen(dataset, "first-approval-date", iso3)
    if count["status"] == NO_EVIDENCE:
        return "", *about
    if count["status"] == DOCUMENTED_NONE:
        return _("no product approved, as a source documents"), *about
    products = int(count["value"])
    plain, dated = _approved_texts(dataset, iso3, products)
    if first["status"] == NO_EVIDENCE:
        return plain.format(count=products), *about
    return dated.format(count=products, year=first["label"][:4]), *about


def _approved_texts(dataset: Dataset, iso3: str, products: int) -> tuple[str, str]:
    """Return the words for a number of products, without and with the year of the first; an exemption is not called an approval."""
    granted = approvals.approved(dataset)
    exempt = granted.loc[granted["iso3"] == iso3, "pathway"] == "hospital-exemption"
    if exempt.all():
        return (
            ngettext("{count} product under a hospital exemption", "{count} products under a hospital exemption", products),
            ngettext("{count} product under a hospital exemption, in {year}", "{count} products under a hospital exemption since {year}", products),
        )
    if exempt.any():
        return (
            ngettext("{count} product approved or under a hospital exemption", "{count} products approved or under a hospital exemption", products),
            ngettext(
                "{count} product approved or under a hospital exemption, in {year}",
                "{count} products approved or under a hospital exemption since {year}",
                products,
            ),
        )
    return (
        ngettext("{count} product approved", "{count} products approved", products),
        ngettext("{count} product approved, in {year}", "{count} products approved since {year}", products),
    )


def _covered(dataset: Dataset, iso3: str) -> _Part:
    row = seen(dataset, "reimbursement-status", iso3)
    return ("" if row["status"] == NO_EVIDENCE else _(_COVER[row["label"]])), _("who pays"), ("reimbursement-status",)


def _made(dataset: Dataset, iso3: str) -> _Part:
    sites, coming = seen(dataset, "manufacturing-sites", iso3), seen(dataset, "coming-sites", iso3)
    about = _("manufacture"), ("manufacturing-sites",)
    if sites["value"] > 0:
        return ngettext("made at {count} site", "made at {count} sites", int(sites["value"])).format(count=int(sites["value"])), *about
    if coming["value"] > 0:
        return ngettext("{count} site to come", "{count} sites to come", int(coming["value"])).format(count=int(coming["value"])), *about
    return "", *about


def _given(dataset: Dataset, iso3: str) -> _Part:
    about = _("treatment"), TREATMENT
    centres, route = (seen(dataset, name, iso3) for name in ("treatment-centres", "route-to-treatment"))
    if centres["value"] > 0:
        count = int(centres["value"])
        told = value_text(get("treatment-centres"), centres["value"], centres["label"])  # "at least 54 centres": a bound stays one
        return ngettext("{centres} gives it", "{centres} give it", count).format(centres=told), *about
    counted = most_treated(dataset, iso3)
    if counted:
        return _treated(counted), *about
    if route["label"] == "marketing-authorisation" and seen(dataset, "products-approved", iso3)["status"] == NO_EVIDENCE:
        return _("patients get an authorised product"), *about  # another jurisdiction's decision: the place has none of its own
    if route["status"] != NO_EVIDENCE and route["label"] in _ROUTES:
        return _(_ROUTES[route["label"]]), *about
    return "", *about


@dataclass(frozen=True, slots=True)
class Treated:
    """The best count of patients treated so far: how many, by when ("" where undated), what kind of figure, and of what.

    ``part`` is the part of the whole that was counted: "" for a country with all products, else a scope or ``product``.
    """

    count: int
    date: str
    value_kind: str
    part: str


def most_treated(dataset: Dataset, iso3: str) -> Treated | None:
    """Return the count of patients treated so far that says most: the largest, of equal ones the newest; None for no count.

    A count only grows, so an old national figure must not stand for the total where a register or a centre has counted
    more since: that is a lower bound of the country's, and so is a national figure of one product. Left out are trials
    (which recruit in several countries), counts of one product in a part of the country, targets, upper bounds, and
    "at least one", which reports a first patient.
    """
    frame = dataset["care_capacity"]
    own = frame[
        (frame["jurisdiction"] == iso3)
        & (frame["metric"] == "patients-treated-cumulative")
        & (frame["product_id"].isin(PRODUCT_SPECIALS) | (frame["scope"] == "national"))
        & (frame["preferred"] == "yes")
        & (frame["scope"] != "single-trial")
        & ~frame["value_kind"].isin(["target", "at-most"])
    ]
    amount = own["value"].fillna(own["value_low"])
    own = own.assign(amount=amount)[(amount > 1) | ((amount == 1) & (own["value_kind"] != "at-least") & (own["scope"] == "national"))]
    if own.empty:
        return None
    best = own.sort_values(["amount", "known_from", "fact_id"]).iloc[-1]
    part = best["scope"] if best["scope"] != "national" else "" if best["product_id"] in PRODUCT_SPECIALS else "product"
    return Treated(int(best["amount"]), best["reference_date"], best["value_kind"], part)


def _treated(found: Treated) -> str:
    """Return a count of patients in words; one of a part of the country is a lower bound of the whole, and says of which part."""
    count = language.number(found.count)
    if found.value_kind == "approximate":  # "at least about" is neither; the part that was counted is named behind it
        count = _("about {value}").format(value=count)
    elif found.part or found.value_kind in ("at-least", "range"):
        count = _("at least {value}").format(value=count)
    dated = ngettext("{count} patient treated by {date}", "{count} patients treated by {date}", found.count)
    plain = ngettext("{count} patient treated", "{count} patients treated", found.count)
    text = dated.format(count=count, date=language.day(found.date)) if found.date else plain.format(count=count)
    return _("{treated} ({part})").format(treated=text, part=_(_PARTS[found.part])) if found.part else text


_PARTS = {
    "cohort": mark("in a register or by the centres that report"),
    "single-centre": mark("at one centre"),
    "subnational": mark("in part of the country"),
    "product": mark("with one product"),
}
