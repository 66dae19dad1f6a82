"""Words on figures: values with their units, hovers, and findings computed from what is on screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from indicators import language
from indicators.catalog import Indicator, ValueType
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED

STATUS_TEXTS = {
    OBSERVED: mark("as the source says"),
    DERIVED: mark("computed from facts"),
    DOCUMENTED_NONE: mark("none, documented"),
    NO_EVIDENCE: mark("no evidence found"),
}

# What a label adds to a number: it is not exact.
_BOUND_TEXTS = {
    "at-least": mark("at least {value}"),
    "at-most": mark("at most {value}"),
    "approximate": mark("about {value}"),
    "range": mark("about {value}"),
    "bound": mark("about {value}"),
}


# Units that stay beside a number where space is short.
_SHORT_UNITS = {"km", "days", "years"}


def category_text(indicator: Indicator, code: str) -> str:
    """Return the reader's text for a category's code."""
    return _(dict(indicator.categories).get(code, code))


def value_text(indicator: Indicator, value: float, label: str = "", short: bool = False) -> str:
    """Return a value as people read it, with its unit: ``$475,000``, ``12 products``, ``23 Oct 2017``, ``Covered``."""
    if indicator.value_type is ValueType.CATEGORY:
        return category_text(indicator, label)
    if pd.isna(value):
        return "–"
    if indicator.value_type is ValueType.DATE:
        return language.day(label) if label else language.number(value, 1)
    text = _with_unit(indicator, value, short)
    return _(_BOUND_TEXTS[label]).format(value=text) if label in _BOUND_TEXTS else text


def _with_unit(indicator: Indicator, value: float, short: bool) -> str:
    unit = indicator.unit
    number = language.compact(value) if short and abs(value) >= 10_000 else language.number(value, indicator.decimals)
    if unit == "US dollars":
        return f"US${number}"
    if unit == "international dollars":
        return f"Int${number}"
    if unit.startswith("%"):
        return f"{number}{_(unit)}"
    if unit.startswith("×"):
        return f"{number}{_(unit)}"
    return f"{number} {_(unit)}" if unit and (not short or unit in _SHORT_UNITS) else number


def hover(dataset: Dataset, indicator: Indicator, row: dict) -> str:
    """Return a hover: country, value with unit, year, status, source, in that order."""
    lines = [f"<b>{language.country_name(row['iso3'])}</b>"]
    if row["status"] == NO_EVIDENCE:
        lines.append(_(STATUS_TEXTS[NO_EVIDENCE]))
        return "<br>".join(lines)
    year = row.get("year")
    value = value_text(indicator, row["value"], row["label"])
    if year is not None and not pd.isna(year):
        value += f" ({int(year)})"
    lines += [value, _(STATUS_TEXTS[row["status"]]), source_line(dataset, row["fact_ids"])]
    return "<br>".join(line for line in lines if line)


def source_line(dataset: Dataset, fact_ids: tuple[str, ...]) -> str:
    """Return the first source's publisher and year, and how many more sources there are."""
    ids = source_ids(dataset, fact_ids)
    if not ids:
        return ""
    named = dataset.remember("source_names", lambda: {str(row.source_id): _source_name(row.publisher, row.published) for row in dataset.sources.itertuples()})
    return named[ids[0]] + (f" +{len(ids) - 1}" if len(ids) > 1 else "")


def _source_name(publisher: str, published: str) -> str:
    return " ".join(part for part in (short_publisher(publisher), published[:4]) if part)


def source_ids(dataset: Dataset, fact_ids: tuple[str, ...]) -> list[str]:
    """Return the sources of several facts, without repeats, in order."""
    by_fact = _sources_by_fact(dataset)
    return list(dict.fromkeys(source for fact_id in fact_ids for source in by_fact[fact_id]))


def _sources_by_fact(dataset: Dataset) -> dict[str, list[str]]:
    return dataset.remember("sources_by_fact", lambda: {str(fact): ids.split(";") for fact, ids in dataset.facts["source_ids"].items()})


def source_urls(dataset: Dataset, ids: Iterable[str]) -> str:
    """Return the addresses of sources, joined by semicolons, for a table's cell."""
    urls = dataset.remember("urls", lambda: dataset.sources["url"].to_dict())
    return "; ".join(urls[source_id] for source_id in ids)


def ranked_source_ids(dataset: Dataset, fact_ids: tuple[str, ...]) -> list[str]:
    """Return the sources of several facts: those of the facts themselves before those of rates, population and places.

    Among them those that carry the most facts first, of equals the better grade.
    """
    by_fact = _sources_by_fact(dataset)
    grades = dataset.remember("grades", lambda: dataset.sources["grade"].to_dict())
    own = [fact_id for fact_id in fact_ids if not fact_id.startswith(("context:", "rate:", "country:"))]
    counts = Counter(source for fact_id in own for source in by_fact[fact_id])
    ranked = sorted(counts, key=lambda source: (-counts[source], grades[source], source))
    return list(dict.fromkeys([*ranked, *source_ids(dataset, fact_ids)]))


def short_publisher(publisher: str) -> str:
    """Return a publisher's name without what stands in brackets or behind a comma, for small places."""
    for mark_ in (" (", ", ", "; ", " via "):
        publisher = publisher.split(mark_)[0]
    return publisher if len(publisher) <= 40 else publisher[:39].rstrip() + "…"


def indicator_finding(indicator: Indicator, shown: pd.DataFrame) -> str:
    """Return the finding of an indicator over the countries on screen, as one sentence."""
    total = shown["iso3"].nunique()
    have = shown[shown["value"].notna() & (shown["status"] != DOCUMENTED_NONE)]
    if have.empty:
        return _("No evidence found in any of {total} countries").format(total=total)
    if indicator.value_type is ValueType.CATEGORY:
        return _category_finding(indicator, have, total)
    countries = have["iso3"].nunique()
    highest, lowest = have.loc[have["value"].idxmax()], have.loc[have["value"].idxmin()]
    top, bottom = language.country_name(highest["iso3"]), language.country_name(lowest["iso3"])
    if indicator.value_type is ValueType.DATE:
        return ngettext(
            "{bottom} came first, in {date}; {count} country has followed by now",
            "{bottom} came first, in {date}; {count} countries have a dated approval",
            countries,
        ).format(bottom=bottom, date=lowest["label"][:4], count=countries)
    high, low = value_text(indicator, highest["value"], short=True), value_text(indicator, lowest["value"], short=True)
    if indicator.at_least_one:
        leaders = int((have["value"] == have["value"].max()).sum())
        return ngettext(
            "{count} of {total} countries have {thing}; {top} has the most, {value}",
            "{count} of {total} countries have {thing}; {leaders} share the lead with {value}",
            leaders,
        ).format(count=countries, total=total, thing=_(indicator.at_least_one), top=top, leaders=leaders, value=language.number(have["value"].max()))
    if countries == 1:
        return _("Known for one of {total} countries: {value} in {top}").format(total=total, value=high, top=top)
    return _("From {low} in {bottom} to {high} in {top}; known for {count} of {total} countries").format(
        low=low, bottom=bottom, high=high, top=top, count=countries, total=total
    )


def _category_finding(indicator: Indicator, have: pd.DataFrame, total: int) -> str:
    counts = have["label"].value_counts()
    parts = [
        _("{category} in {count}").format(category=category_text(indicator, code) if not number else category_text(indicator, code).lower(), count=counts[code])
        for number, (code, _text) in enumerate((code, text) for code, text in indicator.categories if code in counts.index)
    ]
    text = ", ".join(parts[:3])
    return _("{parts} of {total} countries").format(parts=text, total=total)


def alt_text(indicator: Indicator, shown: pd.DataFrame) -> str:
    """Return what a picture of an indicator says, for those who can't see it: subject, extremes, and what is missing."""
    have = shown[shown["value"].notna()]
    missing = shown.loc[shown["status"] == NO_EVIDENCE, "iso3"].nunique()
    none = shown.loc[shown["status"] == DOCUMENTED_NONE, "iso3"].nunique()
    parts = [_(indicator.title) + "."]
    if len(have) and indicator.value_type is not ValueType.CATEGORY:
        for text, index in ((mark("Highest: {country}, {value}."), have["value"].idxmax()), (mark("Lowest: {country}, {value}."), have["value"].idxmin())):
            row = have.loc[index]
            parts.append(_(text).format(country=language.country_name(row["iso3"]), value=value_text(indicator, row["value"], row["label"])))
    elif len(have):
        counts = have["label"].value_counts()
        parts += [f"{category_text(indicator, code)}: {count}." for code, count in counts.items()]
    parts.append(_("No evidence found for {missing} countries; documented as none for {none}.").format(missing=missing, none=none))
    return " ".join(parts)


def observation_table(dataset: Dataset, indicator: Indicator, shown: pd.DataFrame) -> pd.DataFrame:
    """Return observations as a table for people: one row each, with country, value, year, status and sources."""
    rows = []
    for row in shown.to_dict("records"):
        year = row.get("year")
        is_number = indicator.value_type is ValueType.NUMBER
        rows.append(
            {
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                **({_("Product"): row["product_id"]} if indicator.by_product else {}),
                f"{_(indicator.short_title)}" + (f" ({_(indicator.unit)})" if indicator.unit and is_number else ""): (
                    (None if pd.isna(row["value"]) else round(row["value"], max(indicator.decimals, 0)))
                    if is_number
                    else value_text(indicator, row["value"], row["label"])
                    if row["status"] != NO_EVIDENCE
                    else None
                ),
                _("Qualifier"): row["label"] if is_number else "",
                _("Year"): None if year is None or pd.isna(year) else int(year),
                _("Status"): _(STATUS_TEXTS[row["status"]]),
                _("Sources"): source_urls(dataset, source_ids(dataset, row["fact_ids"])[:5]) if row["fact_ids"] else "",
            }
        )
    table = pd.DataFrame(rows)
    empty = [name for name in (_("Qualifier"), _("Year")) if name in table and not table[name].replace("", None).notna().any()]
    table = table.drop(columns=empty)
    value_column = table.columns[3 if indicator.by_product else 2]
    if indicator.value_type is ValueType.NUMBER and len(table):
        table = table.sort_values(value_column, ascending=False, na_position="last", kind="stable")
    return table.reset_index(drop=True)
