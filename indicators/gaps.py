"""Gaps: which indicators have no evidence for which countries, and a text with which a reader can offer a source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators import catalog, language
from indicators.catalog import Domain
from indicators.dataset import Dataset
from indicators.language import _
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE

_MOST_NAMED = 20


def states(dataset: Dataset) -> pd.DataFrame:
    """Return what is known of each indicator in each country: ``indicator_id, domain, iso3, state``.

    ``state`` is ``known``, ``documented-none`` or ``no-evidence``; an indicator by product is known where one product is.
    """

    def gather() -> pd.DataFrame:
        parts = []
        for indicator in catalog.INDICATORS.values():
            seen = catalog.observe(dataset, indicator.id)
            ranks = seen["status"].map({NO_EVIDENCE: 0, DOCUMENTED_NONE: 1}).fillna(2).groupby(seen["iso3"]).max()
            own = ranks.map({0: NO_EVIDENCE, 1: DOCUMENTED_NONE, 2: "known"}).rename("state").rename_axis("iso3").reset_index()
            parts.append(own.assign(indicator_id=indicator.id, domain=indicator.domain.value))
        return pd.concat(parts, ignore_index=True)[["indicator_id", "domain", "iso3", "state"]]

    return dataset.remember("gap_states", gather).copy(deep=False)


def by_indicator(dataset: Dataset) -> pd.DataFrame:
    """Return one row an indicator, in the catalog's order: ``indicator_id, domain, known, none, missing`` (numbers of countries)."""
    counts = pd.crosstab(states(dataset)["indicator_id"], states(dataset)["state"])
    counts = counts.reindex(index=list(catalog.INDICATORS), columns=["known", DOCUMENTED_NONE, NO_EVIDENCE], fill_value=0)
    counts.columns = pd.Index(["known", "none", "missing"])
    domains = [catalog.get(one).domain.value for one in counts.index]
    return counts.rename_axis("indicator_id").reset_index().assign(domain=domains)[["indicator_id", "domain", "known", "none", "missing"]]


def missing(dataset: Dataset, domain: str = "", indicator_id: str = "", countries: Sequence[str] = ()) -> pd.DataFrame:
    """Return the gaps: ``indicator_id, domain, iso3``, one row for each country and indicator without evidence; "" lets all pass.

    They are in the catalog's order, then by the countries' names.
    """
    frame = states(dataset)
    frame = frame[frame["state"] == NO_EVIDENCE]
    if domain:
        frame = frame[frame["domain"] == domain]
    if indicator_id:
        frame = frame[frame["indicator_id"] == indicator_id]
    if countries:
        frame = frame[frame["iso3"].isin(countries)]
    frame = frame.assign(name=frame["iso3"].map({iso3: language.country_name(iso3) for iso3 in frame["iso3"].unique()}))
    order = {one: number for number, one in enumerate(catalog.INDICATORS)}
    frame = frame.assign(place=frame["indicator_id"].map(order)).sort_values(["place", "name"], kind="stable")
    return frame[["indicator_id", "domain", "iso3"]].reset_index(drop=True)


def by_domain(dataset: Dataset) -> pd.DataFrame:
    """Return one row a domain: ``domain, indicators, none_known`` (countries without evidence for any of them), ``some`` (for at least one), ``all_known``."""
    frame, rows = states(dataset), []
    for domain in Domain:
        own = frame[frame["domain"] == domain.value]
        lacking = own["state"].eq(NO_EVIDENCE).groupby(own["iso3"]).agg(["all", "any"])
        every, some = int(lacking["all"].sum()), int(lacking["any"].sum())
        rows.append(
            {"domain": domain.value, "indicators": own["indicator_id"].nunique(), "none_known": every, "some": some - every, "all_known": len(lacking) - some}
        )
    return pd.DataFrame(rows)


def offer(dataset: Dataset, gaps: pd.DataFrame) -> str:
    """Return a text that offers a source for some gaps (rows of :func:`missing`), for a reader to fill in and send."""
    lines = [_("A source for the CAR-T Access Atlas"), _("Data version: {version}").format(version=dataset.version), "", _("It closes these gaps:")]
    for iso3, indicator_id in gaps[["iso3", "indicator_id"]].head(_MOST_NAMED).itertuples(index=False):
        lines.append(f"- {language.country_name(iso3)} ({iso3}): {_(catalog.get(indicator_id).title)} [{indicator_id}]")
    if gaps.empty:
        lines.append("- " + _("country, and what is not known there:"))
    more = len(gaps) - _MOST_NAMED
    if more > 0:
        lines.append("- " + _("(name the others that it closes)"))
    lines += ["", _("Address of the source:"), "", _("Who published it, and when:"), "", _("Where in it (page, table), and what it says:"), ""]
    return "\n".join(lines)
