"""Countries by two measures, and a third for the size: what is known of each, and the words and table of a figure of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from indicators import language
from indicators.catalog import Indicator, ValueType, observe
from indicators.charts import axes
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Target
from indicators.charts.wording import category_text, hover, observation_table, provenance, says, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.observations import BOUND_LABELS, DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

NOT_POSITIVE = "not-positive"


@dataclass(frozen=True, slots=True)
class Pair:
    """Countries by two measures.

    ``all`` has a row for each country: ``iso3, income``, ``x, y, size`` (values; NaN where none is drawn), ``x_row, y_row,
    size_row`` (the observations), ``fact_ids`` and ``why`` (why it is not drawn: ``""`` for those that are,
    ``documented-none``, ``no-evidence``, ``not-positive``). ``drawn`` are the rows that are drawn.
    """

    x: Indicator
    y: Indicator
    size: Indicator | None
    all: pd.DataFrame
    drawn: pd.DataFrame
    seen: tuple[pd.DataFrame, ...]

    @property
    def measures(self) -> list[Indicator]:
        """The measures, each once."""
        return list({indicator.id: indicator for indicator in (self.y, self.x, self.size) if indicator}.values())

    @property
    def points(self) -> pd.DataFrame:
        """The rows that are drawn of which both values are points: a bound has no part in statistics."""
        return _points_of(_points_of(self.drawn, "x"), "y")

    @property
    def has_same_facts(self) -> bool:
        """Whether, for most countries, both measures are computed from some of the same facts."""
        shared = [_counted(row["x_row"]) & _counted(row["y_row"]) for row in self.drawn.to_dict("records")]
        return sum(map(bool, shared)) > len(shared) / 2


def _points_of(drawn: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows of which the value of a measure (``x``, ``y``) is no bound, nor the low end of a range."""
    return drawn[pd.Series([row["label"] not in BOUND_LABELS for row in drawn[f"{column}_row"]], index=drawn.index, dtype=bool)]


def _counted(row: dict) -> set[str]:
    """Return the facts of an observation without the country's own row, which says only where it is and how it is classed."""
    return {fact for fact in row["fact_ids"] if not fact.startswith("country:")}


def of(dataset: Dataset, x: Indicator, y: Indicator, size: Indicator | None, countries: tuple[str, ...], log_x: bool, log_y: bool) -> Pair:
    """Return what is known of countries by two or three measures. Indicators by product have no place here."""
    seen = tuple(_seen(dataset, indicator, countries) for indicator in (x, y, *([size] if size else [])))
    rows = [{row["iso3"]: row for row in frame.to_dict("records")} for frame in seen]
    groups = dataset["countries"].set_index("iso3")["wb_income_group"].to_dict()
    records = []
    for iso3 in countries:
        if not all(iso3 in frame for frame in rows):
            continue
        own = [frame[iso3] for frame in rows]
        values = [_value(indicator, row) for indicator, row in zip((x, y, size), own, strict=False) if indicator]
        is_out = any(is_log and value <= 0 for is_log, value in zip((log_x, log_y), values, strict=False))
        unknown = [row for row, value in zip(own[:2], values[:2], strict=True) if pd.isna(value)]
        why = NOT_POSITIVE if is_out else ""
        if unknown:  # a documented absence is knowledge: it comes before missing evidence on the other measure
            why = DOCUMENTED_NONE if any(row["status"] == DOCUMENTED_NONE for row in unknown) else NO_EVIDENCE
        records.append(
            {
                "iso3": iso3,
                "income": groups.get(iso3, ""),
                "x": values[0],
                "y": values[1],
                "size": values[2] if size else float("nan"),
                "x_row": own[0],
                "y_row": own[1],
                "size_row": own[2] if size else None,
                "fact_ids": fact_ids(*(row["fact_ids"] for row in own)),
                "why": why,
            }
        )
    names = ["iso3", "income", "x", "y", "size", "x_row", "y_row", "size_row", "fact_ids", "why"]
    frame = pd.DataFrame(records, columns=names).astype({"x": "float64", "y": "float64", "size": "float64"})
    return Pair(x, y, size, frame, frame[frame["why"] == ""].reset_index(drop=True), seen)


def _seen(dataset: Dataset, indicator: Indicator, countries: tuple[str, ...]) -> pd.DataFrame:
    frame = observe(dataset, indicator.id)
    return frame[frame["iso3"].isin(countries)]


def _value(indicator: Indicator, row: dict) -> float:
    """Return the value to draw: none for missing evidence, nor for a documented absence, unless that is one of the categories."""
    if row["status"] == DOCUMENTED_NONE and indicator.value_type is not ValueType.CATEGORY:
        return float("nan")
    return float(row["value"])


def finding(pair: Pair, highlighted: tuple[str, ...]) -> str:
    """Return how many countries have both measures, and which stand out; of the chosen ones, where others are drawn around them."""
    total, drawn = len(pair.all), pair.drawn
    names = {"x": _(pair.x.short_title), "y": _(pair.y.short_title)}
    if not total:
        return _("No country passes these filters")
    if pair.x.id == pair.y.id:
        return _("Both axes show “{x}”: choose another measure for one of them").format(**names)
    if drawn.empty and total == 1:
        return _("Nothing to draw for {country}: it has no figure for “{y}”, for “{x}”, or for both").format(
            country=language.in_sentence(pair.all["iso3"].iloc[0]), **names
        )
    if drawn.empty:
        return _("Not one of {total} countries has figures for both “{y}” and “{x}” that can be drawn").format(total=total, **names)
    if len(drawn) == 1 or len(drawn[drawn["iso3"].isin(highlighted)]) == 1:
        return _one_country(pair, drawn[drawn["iso3"].isin(highlighted)] if len(drawn) > 1 else drawn, highlighted)
    if highlighted and not set(pair.all["iso3"]) <= set(highlighted):
        return _of_the_chosen(pair, highlighted)
    text = ngettext("{count} of {total} countries has both figures", "{count} of {total} countries have both figures", len(drawn))
    parts = [text.format(count=len(drawn), total=total), *_notable(pair)]
    return "; ".join(part for part in parts if part)


def _of_the_chosen(pair: Pair, highlighted: tuple[str, ...]) -> str:
    """Return the finding of the chosen countries, and how many have both figures of all that they are drawn among."""
    own = _chosen_of(pair, highlighted)
    told = _how_many_chosen(pair, own)
    parts = [part for part in _notable(own) if part] if len(own.drawn) else []
    return told + (_("; among the chosen, {notable}").format(notable="; ".join(parts)) if parts else "")


def _chosen_of(pair: Pair, highlighted: tuple[str, ...]) -> Pair:
    return replace(pair, all=pair.all[pair.all["iso3"].isin(highlighted)], drawn=pair.drawn[pair.drawn["iso3"].isin(highlighted)].reset_index(drop=True))


def _how_many_chosen(pair: Pair, own: Pair) -> str:
    """Return how many of the chosen countries (``own``) have both figures, and how many of all that are drawn."""
    if own.drawn.empty:
        text = ngettext(
            "The chosen country does not have both figures ({drawn} of all {total} countries have)",
            "None of the {chosen} chosen countries has both figures ({drawn} of all {total} countries have)",
            len(own.all),
        )
    else:
        text = ngettext(
            "{count} of {chosen} chosen countries has both figures ({drawn} of all {total} countries have)",
            "{count} of {chosen} chosen countries have both figures ({drawn} of all {total} countries have)",
            len(own.drawn),
        )
    return text.format(count=len(own.drawn), chosen=len(own.all), drawn=len(pair.drawn), total=len(pair.all))


def _notable(pair: Pair) -> list[str]:
    """Return which country stands out in each measure, or in both; "" for none."""
    drawn = pair.drawn
    names = {"x": _(pair.x.short_title), "y": _(pair.y.short_title)}
    highest = [_leaders(pair.y, drawn, "y"), _leaders(pair.x, drawn, "x")]
    is_number = pair.x.value_type is ValueType.NUMBER and pair.y.value_type is ValueType.NUMBER
    if is_number and highest[0] == highest[1] and len(highest[0]) == 1 and len(pair.points) == len(drawn):
        return [_("{country} is highest in both “{y}” and “{x}”").format(country=language.in_sentence(highest[0][0]), **names)]
    return [_stands_out(pair.y, drawn, "y"), _stands_out(pair.x, drawn, "x")]


def _one_country(pair: Pair, row: pd.DataFrame, highlighted: tuple[str, ...]) -> str:
    total = len(pair.all)
    own = row.to_dict("records")[0]
    text = _("{country}: {y} {y_value}, {x} {x_value}").format(
        country=language.country_name(own["iso3"]),
        y=_in_quotes(pair.y),
        y_value=value_text(pair.y, own["y"], own["y_row"]["label"], short=True),
        x=_in_quotes(pair.x),
        x_value=value_text(pair.x, own["x"], own["x_row"]["label"], short=True),
    )
    if total == 1:
        return text
    own_pair = _chosen_of(pair, highlighted)
    if 1 < len(own_pair.all) < total:
        return text + "; " + _how_many_chosen(pair, own_pair)
    more = ngettext("{count} of {total} countries has both figures", "{count} of {total} countries have both figures", len(pair.drawn))
    return text + "; " + more.format(count=len(pair.drawn), total=total)


def _in_quotes(indicator: Indicator) -> str:
    return _("“{measure}”").format(measure=_(indicator.short_title))


def _leaders(indicator: Indicator, drawn: pd.DataFrame, column: str) -> list[str]:
    """Return the countries with the highest value, of dates the earliest."""
    top = drawn[column].min() if indicator.value_type is ValueType.DATE else drawn[column].max()
    return drawn.loc[drawn[column] == top, "iso3"].tolist()


def _stands_out(indicator: Indicator, drawn: pd.DataFrame, column: str) -> str:
    """Return which country stands out in a measure, or how many share its place; of categories, the most frequent one."""
    name = _(indicator.short_title)
    if indicator.value_type is ValueType.CATEGORY:
        labels = pd.Series([row["label"] for row in drawn[f"{column}_row"]])
        code = str(labels.value_counts().index[0])
        count = int((labels == code).sum())
        text = ngettext("“{measure}” is “{category}” in {count} of them", "“{measure}” is “{category}” in {count} of them", count)
        return text.format(measure=name, category=category_text(indicator, code), count=count)
    points = _points_of(drawn, column)  # a bound is no highest value: another may lie above it
    if points.empty:
        return ""
    leaders = _leaders(indicator, points, column)
    own = drawn.loc[drawn["iso3"] == leaders[0], f"{column}_row"].iloc[0]
    value = value_text(indicator, own["value"], own["label"], short=True)
    if indicator.value_type is ValueType.DATE:
        text = ngettext("{country} is the earliest in “{measure}” ({value})", "{count} countries are the earliest in “{measure}” ({value})", len(leaders))
    elif len(points) < len(drawn):
        text = ngettext(
            "of figures that are no bounds, {country} has the highest “{measure}” ({value})",
            "of figures that are no bounds, {count} countries share the highest “{measure}” ({value})",
            len(leaders),
        )
    else:
        text = ngettext("{country} has the highest “{measure}” ({value})", "{count} countries share the highest “{measure}” ({value})", len(leaders))
    return text.format(country=language.in_sentence(leaders[0]), count=len(leaders), measure=name, value=value)


def caveats(pair: Pair, highlighted: tuple[str, ...]) -> list[str]:
    """Return what is not drawn and why, and what the dots do not show."""
    counts = pair.all["why"].value_counts()
    told = []
    for why, count in ((why, int(counts.get(why, 0))) for why in (NO_EVIDENCE, DOCUMENTED_NONE, NOT_POSITIVE)):
        if count:
            told.append(_left_out(why, count).format(count=count))
    missing = sorted(language.country_name(iso3) for iso3 in pair.all.loc[pair.all["why"] != "", "iso3"] if iso3 in highlighted)
    if missing:
        told.append(_("Chosen, but not drawn: {countries}.").format(countries=", ".join(missing)))
    bounds = len(pair.drawn) - len(pair.points)
    if bounds:
        text = ngettext("{count} dot stands for a bound or the low end of a range.", "{count} dots stand for a bound or the low end of a range.", bounds)
        told.append(text.format(count=bounds))
    unsized = int(pair.drawn["size"].isna().sum()) if pair.size else 0
    if unsized:
        text = ngettext(
            "{count} country without a figure for the area is a small ring.", "{count} countries without a figure for the area are small rings.", unsized
        )
        told.append(text.format(count=unsized))
    if ValueType.CATEGORY in (pair.x.value_type, pair.y.value_type):
        told.append(_("Dots of one category stand beside each other only so that none hides another."))
    return told


def _left_out(why: str, count: int) -> str:
    """Return how many countries are not drawn for a reason; ``{count}`` is left for the caller to fill."""
    if why == NO_EVIDENCE:
        return ngettext(
            "{count} country is not drawn: no evidence was found on one measure or both.",
            "{count} countries are not drawn: no evidence was found on one measure or both.",
            count,
        )
    if why == DOCUMENTED_NONE:
        return ngettext(
            "In {count} country a source documents that there is none; it is not drawn as zero.",
            "In {count} countries sources document that there is none; they are not drawn as zero.",
            count,
        )
    return ngettext(
        "{count} country with a value of zero or below has no place on a logarithmic axis and is left out.",
        "{count} countries with a value of zero or below have no place on a logarithmic axis and are left out.",
        count,
    )


def alt(pair: Pair) -> str:
    """Return the extremes and what is missing, for those who can't see the figure."""
    parts = []
    for column, indicator in (("y", pair.y), ("x", pair.x)):
        points = _points_of(pair.drawn, column)
        if points.empty or indicator.value_type is ValueType.CATEGORY:
            continue
        ends = [points.loc[index] for index in (points[column].idxmin(), points[column].idxmax())]
        low, high = (value_text(indicator, row[column], row[f"{column}_row"]["label"]) for row in ends)
        parts.append(
            _("{measure}: from {low} ({bottom}) to {high} ({top}).").format(
                measure=_(indicator.title), low=low, bottom=language.country_name(ends[0]["iso3"]), high=high, top=language.country_name(ends[1]["iso3"])
            )
        )
    counts = pair.all["why"].value_counts()
    parts.append(
        _("Countries without evidence: {missing}; documented as none: {none}.").format(
            missing=int(counts.get(NO_EVIDENCE, 0)), none=int(counts.get(DOCUMENTED_NONE, 0))
        )
    )
    return " ".join(parts)


def hovers(dataset: Dataset, pair: Pair) -> list[str]:
    """Return the hover of each dot: country, then value with unit, year, status and source of each measure; and who else is there."""
    rows = pair.drawn.to_dict("records")
    together: dict[tuple[float, float], list[str]] = {}
    for row in rows:
        together.setdefault((row["x"], row["y"]), []).append(row["iso3"])
    texts = []
    for row in rows:
        lines = [f"<b>{language.country_name(row['iso3'])}</b>"]
        for column, indicator in (("y", pair.y), ("x", pair.x), ("size", pair.size)):
            if indicator and row[f"{column}_row"]:
                value, *known = hover(dataset, indicator, row[f"{column}_row"]).split("<br>")[1:]
                lines += [f"{_(indicator.short_title)}: <b>{value}</b>", " · ".join(known)]
        others = [language.country_name(iso3) for iso3 in together[row["x"], row["y"]] if iso3 != row["iso3"]]
        if others:
            more = " …" if len(others) > 4 else ""
            lines.append(_("At the same place: {countries}").format(countries=", ".join(others[:4]) + more))
        texts.append("<br>".join(line for line in lines if line))
    return texts


def targets(pair: Pair) -> dict[str, Target]:
    """Return what opens for each country: what is known of it by each measure, and the facts behind all of them.

    A dot is of two indicators, but only one can be explained step by step: that of the y axis.
    """
    opened = {}
    for row in pair.all.to_dict("records"):
        measures = {indicator.id: (indicator, row[f"{column}_row"]) for column, indicator in (("y", pair.y), ("x", pair.x), ("size", pair.size)) if indicator}
        told = "; ".join(f"{_(indicator.short_title)}: {says(indicator, own)}" for indicator, own in measures.values())
        opened[row["iso3"]] = Target(language.country_name(row["iso3"]), told, row["fact_ids"], pair.y.id, row["iso3"])
    return opened


def table(dataset: Dataset, pair: Pair) -> pd.DataFrame:
    """Return every country by every measure, each value with its year and status; those with the highest y first."""
    frame = pair.all.assign(name=pair.all["iso3"].map(language.country_name))
    frame = frame.sort_values(["y", "name"], ascending=[pair.y.value_type is not ValueType.NUMBER, True], na_position="last", kind="stable")
    columns = {
        _("Country"): frame["name"].tolist(),
        _("ISO code"): frame["iso3"].tolist(),
        _("Income group"): [_(INCOME_TEXTS[code]) for code in frame["income"]],
    }
    by_id = {indicator.id: seen for indicator, seen in zip([pair.x, pair.y, *([pair.size] if pair.size else [])], pair.seen, strict=True)}
    generic = {_("Qualifier"): _("{measure}: qualifier"), _("Year"): _("{measure}: year"), _("Status"): _("{measure}: status")}
    for indicator in pair.measures:
        own = observation_table(dataset, indicator, by_id[indicator.id]).loc[frame["iso3"].tolist()]
        columns[axes.title(indicator)] = own.iloc[:, 2].array
        for heading, text in generic.items():
            if heading in own:
                columns[text.format(measure=_(indicator.short_title))] = own[heading].array
    behind = [provenance(dataset, facts) for facts in frame["fact_ids"]]
    columns[_("Facts")] = ["; ".join(facts) for facts in frame["fact_ids"]]
    result = pd.DataFrame(columns, index=frame["iso3"].tolist())
    return result.join(pd.DataFrame(behind, index=result.index)) if len(result) else result
