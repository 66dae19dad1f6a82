"""Words on figures: values with their units, hovers, and findings computed from what is on screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from indicators import language
from indicators.catalog import Indicator, ValueType
from indicators.charts.chart import Target
from indicators.dataset import Dataset
from indicators.known_in_part import facts_in_part
from indicators.language import _, mark, ngettext
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED

STATUS_TEXTS = {
    OBSERVED: mark("as the source says"),
    DERIVED: mark("computed from facts"),
    DOCUMENTED_NONE: mark("none, documented"),
    NO_EVIDENCE: mark("no evidence found"),
}

# What a fact's figure is.
VALUE_KIND_TEXTS = {
    "exact": mark("exact"),
    "approximate": mark("approximate"),
    "at-most": mark("at most"),
    "at-least": mark("at least"),
    "range": mark("range"),
    "target": mark("target"),
}

# What a label adds to a number: it is not exact.
_BOUND_TEXTS = {
    "at-least": mark("at least {value}"),
    "at-most": mark("at most {value}"),
    "approximate": mark("about {value}"),
    "range": mark("from {value}"),
    "bound": mark("about {value}"),
}


# The singular of the units that count things.
_SINGULAR = {
    "products": mark("product"),
    "indications": mark("indication"),
    "sites": mark("site"),
    "centres": mark("centre"),
    "agreements": mark("agreement"),
    "trials": mark("trial"),
    "patients": mark("patient"),
    "days": mark("day"),
    "years": mark("year"),
}


def _unit_text(unit: str, value: float) -> str:
    return ngettext(_SINGULAR[unit], unit, int(value) if float(value).is_integer() else 2) if unit in _SINGULAR else _(unit)


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
    number = language.compact(value) if short and abs(value) >= 10_000 and unit not in _SHORT_UNITS else language.number(value, indicator.decimals)
    if unit == "US dollars":
        return f"US${number}"
    if unit == "international dollars":
        return f"Int${number}"
    if unit.startswith("%"):
        return f"{number}{_(unit)}"
    if unit.startswith("×"):
        return f"{number}{_(unit)}"
    return f"{number} {_unit_text(unit, value)}" if unit and (not short or unit in _SHORT_UNITS) else number


def hover(dataset: Dataset, indicator: Indicator, row: dict) -> str:
    """Return a hover: country, value with unit, year, status, source, in that order."""
    lines = [f"<b>{language.country_name(row['iso3'])}</b>"]
    if row["status"] == NO_EVIDENCE:
        lines.append(missing_text(dataset, indicator, row["iso3"]))
        return "<br>".join(lines)
    if row["status"] == DOCUMENTED_NONE and indicator.value_type is ValueType.NUMBER:
        lines += [_(STATUS_TEXTS[DOCUMENTED_NONE]), source_line(dataset, row["fact_ids"])]
        return "<br>".join(lines)
    year = row.get("year")
    value = value_text(indicator, row["value"], row["label"])
    if year is not None and not pd.isna(year):
        value += f" ({int(year)})"
    status = _(STATUS_TEXTS[row["status"]])
    if row["status"] == DERIVED:
        status = ngettext("computed from {count} fact", "computed from {count} facts", len(row["fact_ids"])).format(count=len(row["fact_ids"]))
    lines += [value, status, source_line(dataset, row["fact_ids"])]
    return "<br>".join(line for line in lines if line)


def missing_text(dataset: Dataset, indicator: Indicator, iso3: str) -> str:
    """Return what is known where an indicator has no value: nothing, or something that covers a part only."""
    return _("no figure for the whole, known in part") if facts_in_part(dataset, indicator.id, iso3) else _(STATUS_TEXTS[NO_EVIDENCE])


def source_line(dataset: Dataset, fact_ids: tuple[str, ...]) -> str:
    """Return the first source's publisher and year, how many more there are, and whether a fact is due to be confirmed anew."""
    ids = source_ids(dataset, fact_ids)
    if not ids:
        return ""
    named = dataset.whole.remember(
        "source_names", lambda: {str(row.source_id): _source_name(row.publisher, row.published) for row in dataset.sources.itertuples()}
    )
    text = named[ids[0]] + (f" +{len(ids) - 1}" if len(ids) > 1 else "")
    stale = stale_facts(dataset, fact_ids)
    return text + (f"<br>{_('last confirmed {day}, overdue').format(day=language.day(_last_confirmed(dataset, stale)))}" if stale else "")


def _last_confirmed(dataset: Dataset, fact_ids: Iterable[str]) -> str:
    """Return when facts were last confirmed: the longest ago counts."""
    checked = dataset.whole.remember("checked", lambda: dataset.whole.facts["checked"].to_dict())
    return min((checked[fact_id] for fact_id in fact_ids), default="")


def stale_facts(dataset: Dataset, fact_ids: Iterable[str]) -> list[str]:
    """Return the facts among several that have outlived their table's shelf life."""
    stale = dataset.remember(("stale", dataset.today), lambda: frozenset(dataset.facts.index[dataset.facts["stale"]]))
    return [fact_id for fact_id in fact_ids if fact_id in stale] if stale else []


def transcribed_facts(dataset: Dataset, fact_ids: Iterable[str]) -> list[str]:
    """Return the facts among several of which only a transcription was read."""
    transcribed = dataset.remember("transcribed", lambda: frozenset(dataset.facts.index[dataset.facts["read_grade"] == ""]))
    return [fact_id for fact_id in fact_ids if fact_id in transcribed] if transcribed else []


def provenance(dataset: Dataset, fact_ids: tuple[str, ...]) -> dict[str, str]:
    """Return the last cells of a table's row: when its facts were last confirmed, whether that is overdue, and where their sources are."""
    stale = stale_facts(dataset, fact_ids)
    return {
        _("Last confirmed"): _last_confirmed(dataset, stale or _own(fact_ids) or fact_ids),
        _("Overdue"): _("yes") if stale else "",
        _("Sources"): source_urls(dataset, ranked_source_ids(dataset, fact_ids)),
    }


def _source_name(publisher: str, published: str) -> str:
    return " ".join(part for part in (short_publisher(publisher), published[:4]) if part)


def source_ids(dataset: Dataset, fact_ids: tuple[str, ...]) -> list[str]:
    """Return the sources of several facts, without repeats, in order."""
    by_fact = _sources_by_fact(dataset)
    return list(dict.fromkeys(source for fact_id in fact_ids for source in by_fact[fact_id]))


def _sources_by_fact(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    return dataset.whole.remember("sources_by_fact", lambda: {str(fact): tuple(ids.split(";")) for fact, ids in dataset.whole.facts["source_ids"].items()})


def source_urls(dataset: Dataset, ids: Iterable[str]) -> str:
    """Return the addresses of sources, joined by semicolons, for a table's cell."""
    urls = dataset.whole.remember("urls", lambda: dataset.sources["url"].to_dict())
    return "; ".join(urls[source_id] for source_id in ids)


def _own(fact_ids: Iterable[str]) -> list[str]:
    """Return the facts without those on rates, population and places, which only stand behind a conversion."""
    return [fact_id for fact_id in fact_ids if not fact_id.startswith(("context:", "rate:", "country:"))]


def ranked_source_ids(dataset: Dataset, fact_ids: tuple[str, ...]) -> list[str]:
    """Return the sources of several facts: those of the facts themselves before those of rates, population and places.

    Among them those that carry the most facts first, of equals the better grade.
    """
    by_fact = _sources_by_fact(dataset)
    grades = dataset.whole.remember("grades", lambda: dataset.sources["grade"].to_dict())
    own = _own(fact_ids)
    if len(own) == 1:  # its sources stand in the order that its reader gave them
        return list(dict.fromkeys([*by_fact[own[0]], *source_ids(dataset, fact_ids)]))
    counts = Counter(source for fact_id in own for source in by_fact[fact_id])
    ranked = sorted(counts, key=lambda source: (-counts[source], grades[source], source))
    return list(dict.fromkeys([*ranked, *source_ids(dataset, fact_ids)]))


_READING_TEXTS = {"original": mark("read in the original"), "copy": mark("read in a copy"), "transcription": mark("read in a transcription")}


def reading_text(reading: str) -> str:
    """Return how a source was read, in words."""
    return _(_READING_TEXTS[reading])


def short_publisher(publisher: str) -> str:
    """Return a publisher's name without what stands in brackets or behind a comma, for small places."""
    for mark_ in (" (", ", ", "; ", " via "):
        publisher = publisher.split(mark_)[0]
    return publisher if len(publisher) <= 40 else publisher[:39].rstrip() + "…"


def indicator_finding(indicator: Indicator, shown: pd.DataFrame) -> str:
    """Return the finding of an indicator over the countries on screen, as one sentence."""
    total = shown["iso3"].nunique()
    is_category = indicator.value_type is ValueType.CATEGORY
    none = int((shown["status"] == DOCUMENTED_NONE).sum())
    have = shown[shown["value"].notna() & (shown["status"] != DOCUMENTED_NONE)]
    if is_category and len(have) + none:
        return _category_finding(indicator, shown[shown["value"].notna()], total)
    if have.empty:
        if none:
            text = ngettext("A source documents that there is none in {none} country", "Sources document that there is none in {none} countries", none)
            return text.format(none=none) + (_("; no evidence found in {rest} more").format(rest=total - none) if total > none else "")
        if not total:
            return _("No country passes these filters")
        return ngettext("No evidence found in this country", "No evidence found in any of {total} countries", total).format(total=total)
    countries = have["iso3"].nunique()
    highest, lowest = have.loc[have["value"].idxmax()], have.loc[have["value"].idxmin()]
    top, bottom = language.in_sentence(highest["iso3"]), language.in_sentence(lowest["iso3"])
    if indicator.value_type is ValueType.DATE:
        if countries == 1:
            return language.capitalised(
                _("{country} followed in {date}" if total > 1 else "{country}: {date}").format(country=bottom, date=lowest["label"][:4])
            )
        return language.capitalised(
            _("{country} came first, in {date}; {count} countries have a dated approval").format(country=bottom, date=lowest["label"][:4], count=countries)
        )
    # The low end of a range is a number of its own: "from" would stand twice.
    high, low = (value_text(indicator, row["value"], "" if row["label"] == "range" else row["label"], short=True) for row in (highest, lowest))
    if indicator.at_least_one:
        return _count_finding(indicator, have, total, countries, top)
    if countries == 1:
        text = _("{indicator}: {value} in {country}").format(
            indicator=_(indicator.short_title), value=value_text(indicator, highest["value"], highest["label"]), country=top
        )
        return text + (_("; known for one of {total} countries").format(total=total) if total > 1 else "")
    if highest["value"] == lowest["value"]:
        return _("{indicator}: {value} in each of {count} countries with a value, of {total}").format(
            indicator=_(indicator.short_title), value=high, count=countries, total=total
        )
    with_least, with_most = (have.loc[have["value"] == row["value"], "iso3"].nunique() for row in (lowest, highest))
    return _("{indicator}: from {low} in {bottom} to {high} in {top}; known for {count} of {total} countries").format(
        indicator=_(indicator.short_title),
        low=low,
        bottom=bottom if with_least == 1 else _("{count} countries").format(count=with_least),
        high=high,
        top=top if with_most == 1 else _("{count} countries").format(count=with_most),
        count=countries,
        total=total,
    )


def _count_finding(indicator: Indicator, have: pd.DataFrame, total: int, countries: int, top: str) -> str:
    most = have["value"].max()
    if total == 1:
        return language.capitalised(_("{country}: {value}").format(country=top, value=value_text(indicator, most)))
    text = ngettext("{count} of {total} countries has {thing}", "{count} of {total} countries have {thing}", countries).format(
        count=countries, total=total, thing=_(indicator.at_least_one)
    )
    if countries == 1:
        return text + _(": {top}, {value}").format(top=top, value=language.number(most))
    leaders = int((have["value"] == most).sum())
    return text + ngettext("; {top} has the most, {value}", "; {leaders} share the lead with {value}", leaders).format(
        top=top, leaders=leaders, value=language.number(most)
    )


def _category_finding(indicator: Indicator, have: pd.DataFrame, total: int) -> str:
    counts = have["label"].value_counts()
    present = [code for code, _text in indicator.categories if code in counts.index]
    if total == 1:
        return _("{country}: {category}").format(
            country=language.country_name(str(have["iso3"].iloc[0])), category=category_text(indicator, present[0]).lower()
        )
    parts = [_("{category} in {count}").format(category=category_text(indicator, code), count=counts[code]) for code in present[:3]]
    parts = [part if number == 0 else part[:1].lower() + part[1:] for number, part in enumerate(parts)]
    return _("{parts} of {total} countries").format(parts=", ".join(parts), total=total)


def alt_text(indicator: Indicator, shown: pd.DataFrame) -> str:
    """Return what a picture of an indicator says, for those who can't see it: subject, extremes, and what is missing."""
    have = shown[shown["value"].notna() & ((shown["status"] != DOCUMENTED_NONE) | (indicator.value_type is ValueType.CATEGORY))]
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
    parts.append(_("Countries without evidence: {missing}; documented as none: {none}.").format(missing=missing, none=none))
    return " ".join(parts)


def observation_table(dataset: Dataset, indicator: Indicator, shown: pd.DataFrame) -> pd.DataFrame:
    """Return observations as a table for people: one row each, with country, value, year, status, facts and sources.

    A documented absence and missing evidence have no value, only a status. The index holds the keys of
    :func:`observation_targets`.
    """
    is_number = indicator.value_type is ValueType.NUMBER
    value_name = _(indicator.short_title) + (f" ({_(indicator.unit)})" if indicator.unit and is_number else "")
    names = [
        _("Country"),
        _("ISO code"),
        _("Product"),
        value_name,
        _("Qualifier"),
        _("Year"),
        _("Status"),
        _("Facts"),
        _("Last confirmed"),
        _("Overdue"),
        _("Sources"),
    ]
    rows = [
        (
            language.country_name(row["iso3"]),
            row["iso3"],
            row.get("product_id", "") if indicator.by_product else "",
            _cell(indicator, row),
            _(_QUALIFIERS[row["label"]]) if is_number and row["label"] in _QUALIFIERS else "",
            None if pd.isna(row.get("year")) else int(row["year"]),
            _(STATUS_TEXTS[row["status"]]),
            "; ".join(row["fact_ids"]),
            *provenance(dataset, row["fact_ids"]).values(),
        )
        for row in shown.reindex(columns=[*shown.columns, *({"year"} - set(shown.columns))]).to_dict("records")
    ]
    table = pd.DataFrame(rows, columns=names, index=observation_keys(indicator, shown))
    table[_("Year")] = table[_("Year")].astype("Int64")
    if is_number and indicator.decimals == 0:
        table[value_name] = pd.to_numeric(table[value_name]).round().astype("Int64")
    table = table.drop(columns=[name for name in (_("Product"), _("Qualifier"), _("Year")) if table[name].replace("", None).isna().all()])
    # The largest number, the earliest date, the best category first; equal ones by name.
    values = pd.to_numeric(shown["value"]).to_numpy()
    table = table.assign(rank=-values if is_number else values).sort_values(["rank", _("Country")], na_position="last", kind="stable")
    return table.drop(columns="rank")


def observation_keys(indicator: Indicator, shown: pd.DataFrame) -> list[str]:
    """Return the key of each observation: the country's code, with the product's where there is a row for each."""
    if indicator.by_product and "product_id" in shown:
        return [f"{iso3}.{product}" if product else iso3 for iso3, product in zip(shown["iso3"], shown["product_id"], strict=True)]
    return shown["iso3"].tolist()


def observation_targets(indicator: Indicator, shown: pd.DataFrame) -> dict[str, Target]:
    """Return what opens for each observation, by its key; missing evidence opens too, and says what was looked for."""
    targets = {}
    for key, row in zip(observation_keys(indicator, shown), shown.to_dict("records"), strict=True):
        product = row.get("product_id", "") if indicator.by_product else ""
        heading = language.country_name(row["iso3"]) + (f", {product}" if product else "")
        targets[key] = Target(heading, says(indicator, row), row["fact_ids"], indicator.id, row["iso3"], product)
    return targets


def says(indicator: Indicator, row: dict) -> str:
    """Return what an observation says, in words: its value with unit and year, or what is known in its place."""
    if row["status"] == NO_EVIDENCE or (row["status"] == DOCUMENTED_NONE and indicator.value_type is ValueType.NUMBER):
        return _(STATUS_TEXTS[row["status"]])
    year = row.get("year")
    text = value_text(indicator, row["value"], row["label"])
    return text if year is None or pd.isna(year) else f"{text} ({int(year)})"


_QUALIFIERS = {
    "at-least": mark("at least"),
    "at-most": mark("at most"),
    "approximate": mark("about"),
    "range": mark("low end of a range"),
    "bound": mark("partly a bound"),
}


def _cell(indicator: Indicator, row: dict) -> float | str | None:
    if indicator.value_type is not ValueType.NUMBER:
        return None if row["status"] == NO_EVIDENCE else value_text(indicator, row["value"], row["label"])
    if pd.isna(row["value"]) or row["status"] == DOCUMENTED_NONE:
        return None
    return float(round(row["value"], indicator.decimals))
