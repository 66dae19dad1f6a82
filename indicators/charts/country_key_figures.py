"""The key figures of a country: what is approved, paid for, asked, made and given, each with what the number counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from indicators.catalog import get
from indicators.charts.country_words import list_price_range, seen
from indicators.charts.wording import missing_text, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import approvals
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number as people read it, what it counts (with its year), and the facts behind it; a dash where nothing is known."""

    indicator_id: str
    number: str
    text: str
    status: str
    fact_ids: tuple[str, ...]


def key_figures(dataset: Dataset, iso3: str) -> list[KeyFigure]:
    """Return how many products are approved and covered, what they cost, and where they are made and given."""

    def count(indicator_id: str) -> int:
        value = seen(dataset, indicator_id, iso3)["value"]
        return 0 if pd.isna(value) else int(value)

    texts = {
        "products-approved": _approved_text(dataset, iso3, count("products-approved")),
        "products-covered": ngettext("product that public money pays for", "products that public money pays for", count("products-covered")),
        "median-list-price": _("median list price of one treatment"),
        "manufacturing-sites": ngettext("operating site that makes cells", "operating sites that make cells", count("manufacturing-sites")),
        "treatment-centres": ngettext("centre that gives CAR-T", "centres that give CAR-T", count("treatment-centres")),
    }
    return [_figure(dataset, indicator_id, iso3, text) for indicator_id, text in texts.items()]


def _approved_text(dataset: Dataset, iso3: str, products: int) -> str:
    granted = approvals.approved(dataset)
    if (granted.loc[granted["iso3"] == iso3, "pathway"] == "hospital-exemption").any():
        return ngettext("product approved or under a hospital exemption", "products approved or under a hospital exemption", products)
    return ngettext("product approved", "products approved", products)


def _figure(dataset: Dataset, indicator_id: str, iso3: str, text: str) -> KeyFigure:
    row, indicator = seen(dataset, indicator_id, iso3), get(indicator_id)
    number = value_text(indicator, row["value"], row["label"], short=True)
    year = row.get("year")
    span = list_price_range(dataset, iso3) if indicator_id == "median-list-price" and row["status"] == NO_EVIDENCE else ""
    if span:
        number, text = span, _("list price of one treatment, known as a range, which has no median")
    elif row["status"] == NO_EVIDENCE:
        number, text = "–", _("{indicator}: {what}").format(indicator=_(indicator.short_title), what=missing_text(dataset, indicator, iso3))
    elif row["status"] == DOCUMENTED_NONE:
        number, text = _("none"), _("{indicator}: none, documented").format(indicator=_(indicator.short_title))
    elif year is not None and not pd.isna(year):
        text = _("{what} ({year})").format(what=text, year=int(year))
    return KeyFigure(indicator_id, number, text, str(row["status"]), tuple(row["fact_ids"]))
