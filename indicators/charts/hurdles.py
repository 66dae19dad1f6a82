"""Hurdles on the patient's way: how well each is known, the findings on one, and what was tried against it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import ValueType, get, observe
from indicators.charts import squares
from indicators.charts.chart import Chart, Target
from indicators.charts.findings import in_scope
from indicators.charts.template import Style
from indicators.charts.wording import provenance
from indicators.dataset import Dataset
from indicators.jurisdictions import WORLD
from indicators.language import _, mark, ngettext
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

STEP_TEXTS = {
    "referral": mark("Referral"),
    "payment": mark("Payment"),
    "centre": mark("Centre"),
    "collection": mark("Cell collection"),
    "manufacture": mark("Manufacture"),
    "infusion": mark("Infusion and care"),
    "system": mark("Rules and knowledge"),
}
GRADES = ("A", "B", "C", "D")
_COLUMN_TEXTS = {
    "A": mark("Findings, grade A"),
    "B": mark("Findings, grade B"),
    "C": mark("Findings, grade C"),
    "D": mark("Findings, grade D"),
    "levers": mark("Levers tried"),
    "outcomes": mark("Levers with a known result"),
    "measured": mark("Countries measured"),
}


def in_order(dataset: Dataset) -> pd.DataFrame:
    """Return the hurdles in the order of the patient's way, with ``indicators``: tuples of catalog ids, the best first."""
    rows = dataset["hurdles"].sort_values("position", kind="stable").reset_index(drop=True)
    return rows.assign(indicators=[tuple(one for one in ids.split(";") if one) for ids in rows["indicator_ids"]])


def findings_on(dataset: Dataset, hurdle_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the findings on a hurdle that concern the chosen countries, with ``grade``, the best graded and newest first."""
    rows = in_scope(dataset, dataset["hurdle_findings"], countries)
    rows = rows[rows["hurdle_id"] == hurdle_id]
    rows = rows.assign(grade=rows["fact_id"].map(dataset.facts["grade"]))
    # Newest first, then by grade: the second sort is stable.
    return rows.sort_values(["reference_date", "fact_id"], ascending=[False, True]).sort_values("grade", kind="stable")


def levers_on(dataset: Dataset, hurdle_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the levers tried against a hurdle that concern the chosen countries, the earliest first, undated ones last."""
    rows = in_scope(dataset, dataset["hurdle_levers"], countries)
    rows = rows[rows["hurdle_id"] == hurdle_id]
    return rows.assign(undated=rows["date"] == "").sort_values(["undated", "date", "fact_id"]).drop(columns="undated")


def main_indicator(dataset: Dataset, indicators: tuple[str, ...]) -> str:
    """Return the first of a hurdle's indicators that has evidence on any country, else the first; "" where there is none."""
    for indicator_id in indicators:
        if (observe(dataset, indicator_id)["status"] != NO_EVIDENCE).any():
            return indicator_id
    return indicators[0] if indicators else ""


def measured(dataset: Dataset, indicator_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return an indicator's observations that say something of a chosen country; empty without an indicator."""
    if not indicator_id:
        return pd.DataFrame(columns=["iso3", "value", "status", "label", "fact_ids"])
    seen = observe(dataset, indicator_id)
    return seen[seen["iso3"].isin(countries) & (seen["status"] != NO_EVIDENCE)]


def evidence(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how well each hurdle is known: findings by grade, levers, levers with a result, countries measured.

    A square is a number of facts; where there is none, none is drawn.
    """
    cells = _cells(dataset, countries)
    order = in_order(dataset)
    rows = [f"{int(position)} {title}" for position, title in zip(order["position"], order["title"], strict=True)]
    columns = [_(text) for text in _COLUMN_TEXTS.values()]
    built = squares.grid(style, columns, rows)
    built.layout.annotations = ()
    built.update_layout(margin={"l": 8, "r": 60, "t": 40, "b": 8}, showlegend=False, height=30 * len(rows) + 150)
    kinds = {"findings": style.accent, "levers": style.qualitative[4], "measured": style.qualitative[2]}
    for kind, colour in kinds.items():
        own = cells[(cells["kind"] == kind) & (cells["count"] > 0)]
        if len(own):
            texts, hovers = [language.number(count) for count in own["count"]], own["hover"].tolist()
            built.add_trace(squares.squares(style, own["column"].tolist(), own["row"].tolist(), colour, texts, hovers, own["key"].tolist(), kind, 26))
    drawn = cells[cells["count"] > 0]
    title = _evidence_finding(cells, order)
    return Chart(
        id="hurdles-evidence",
        title=title,
        subtitle=_("Numbers of findings by the best grade of their sources, of levers, and of countries that the hurdle's main indicator says something of"),
        figure=built,
        alt=title + ". " + " ".join(_row_alt(cells, row) for row in rows),
        table=_evidence_table(dataset, cells, order),
        fact_ids=fact_ids(*cells["fact_ids"]) if len(cells) else (),
        caveat=_("Few findings mean that we found few, not that the hurdle is low."),
        minimum_width=squares.least_width(columns) + 160,
        is_empty=drawn.empty,
        targets={row["key"]: Target(row["heading"], row["says"], row["fact_ids"]) for row in drawn.to_dict("records")}
        | {row["hurdle_id"]: Target(row["title"], row["question"], (row["fact_id"],)) for row in order.to_dict("records")},
    )


def _cells(dataset: Dataset, countries: tuple[str, ...]) -> pd.DataFrame:
    cells = []
    for hurdle in in_order(dataset).to_dict("records"):
        found, levers = findings_on(dataset, hurdle["hurdle_id"], countries), levers_on(dataset, hurdle["hurdle_id"], countries)
        indicator_id = main_indicator(dataset, hurdle["indicators"])
        seen = measured(dataset, indicator_id, countries)
        groups = {grade: ("findings", len(own), tuple(own["fact_id"])) for grade in GRADES for own in [found[found["grade"] == grade]]}
        groups["levers"] = ("levers", len(levers), tuple(levers["fact_id"]))
        told = levers[levers["what_happened"] != ""]
        groups["outcomes"] = ("levers", len(told), tuple(told["fact_id"]))
        groups["measured"] = ("measured", seen["iso3"].nunique(), fact_ids(*seen["fact_ids"]))
        for code, (kind, count, facts) in groups.items():
            column = _(_COLUMN_TEXTS[code])
            says = _("{what}: {count}").format(what=column, count=language.number(count))
            if code == "measured" and indicator_id:
                says = _("{what}: {count} ({measure})").format(what=column, count=language.number(count), measure=_(get(indicator_id).short_title))
            cells.append(
                {
                    "hurdle_id": hurdle["hurdle_id"],
                    "row": f"{int(hurdle['position'])} {hurdle['title']}",
                    "code": code,
                    "column": column,
                    "kind": kind,
                    "count": count,
                    "key": f"{hurdle['hurdle_id']}.{code}",
                    "heading": hurdle["title"],
                    "says": says,
                    "hover": f"<b>{hurdle['title']}</b><br>{says}",
                    "fact_ids": facts,
                }
            )
    columns = ["hurdle_id", "row", "code", "column", "kind", "count", "key", "heading", "says", "hover", "fact_ids"]
    return pd.DataFrame(cells, columns=columns)


def _evidence_finding(cells: pd.DataFrame, order: pd.DataFrame) -> str:
    if order.empty:
        return _("No hurdle is described")
    findings = cells[cells["kind"] == "findings"]
    good = findings[findings["code"].isin(["A", "B"])].groupby("hurdle_id")["count"].sum()
    blank = int((cells[cells["code"] == "measured"]["count"] == 0).sum())
    text = ngettext(
        "{count} of {total} hurdles rests on a finding of grade A or B", "{count} of {total} hurdles rest on a finding of grade A or B", int((good > 0).sum())
    ).format(count=int((good > 0).sum()), total=len(order))
    return text + ngettext("; {count} is measured in no country", "; {count} are measured in no country", blank).format(count=blank)


def _row_alt(cells: pd.DataFrame, row: str) -> str:
    own = cells[(cells["row"] == row) & (cells["count"] > 0)]
    return f"{row}: " + (", ".join(own["says"]) if len(own) else _("nothing found")) + "."


def _evidence_table(dataset: Dataset, cells: pd.DataFrame, order: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for hurdle in order.to_dict("records"):
        own = cells[cells["hurdle_id"] == hurdle["hurdle_id"]].set_index("code")
        rows.append(
            {
                _("Hurdle"): hurdle["title"],
                _("Step"): _(STEP_TEXTS[hurdle["step"]]),
                **{_(text): int(own.at[code, "count"]) for code, text in _COLUMN_TEXTS.items()},
                _("Measured by"): _(get(main).short_title) if (main := main_indicator(dataset, hurdle["indicators"])) else "",
                **provenance(dataset, (hurdle["fact_id"],)),
            }
        )
    return pd.DataFrame(rows, index=order["hurdle_id"].tolist())


def place_text(place: str) -> str:
    """Return the name of a finding's place; studies over several countries say so."""
    return _("several countries") if place == WORLD else language.country_name(place)


def hurdle_findings(dataset: Dataset, hurdle_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the findings on a hurdle as rows with what opens for each; the picture is empty, for statements are read."""
    found = findings_on(dataset, hurdle_id, countries)
    count = len(found)
    title = ngettext("{count} finding", "{count} findings", count).format(count=count) if count else _("No finding is known here")
    table = pd.DataFrame(
        [
            {
                _("Place"): place_text(row["jurisdiction"]),
                _("Code"): row["jurisdiction"],
                _("Date"): row["reference_date"],
                _("Finding"): row["finding"],
                _("Note"): row["note"],
                _("Grade"): row["grade"],
                **provenance(dataset, (row["fact_id"],)),
            }
            for row in found.to_dict("records")
        ],
        index=found["fact_id"].tolist(),
    )
    return _statements("findings", hurdle_id, title, table, found, {row["fact_id"]: _statement(row, row["finding"]) for row in found.to_dict("records")})


def hurdle_levers(dataset: Dataset, hurdle_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the levers tried against a hurdle as rows with what opens for each: the lever's facts and its policy events."""
    found = levers_on(dataset, hurdle_id, countries)
    known = set(dataset["policy_events"]["fact_id"])
    count, silent = len(found), int((found["what_happened"] == "").sum())
    title = ngettext("{count} lever was tried", "{count} levers were tried", count).format(count=count) if count else _("No lever is known here")
    if silent:
        title += ngettext("; of {silent} no source tells what came of it", "; of {silent} no source tells what came of them", silent).format(silent=silent)
    events = [tuple(one for one in ids.split(";") if one in known) for ids in found["event_ids"]]  # events after the chosen day are not known yet
    rows = found.assign(events=events).to_dict("records")
    table = pd.DataFrame(
        [
            {
                _("Place"): place_text(row["jurisdiction"]),
                _("Code"): row["jurisdiction"],
                _("Date"): row["date"],
                _("Lever"): row["lever"],
                _("What was done"): row["what_was_done"],
                _("What happened"): row["what_happened"] or _("no source tells"),
                _("Policy events"): "; ".join(row["events"]),
                **provenance(dataset, (row["fact_id"], *row["events"])),
            }
            for row in rows
        ],
        index=found["fact_id"].tolist(),
    )
    targets = {row["fact_id"]: _statement(row, row["lever"], row["events"]) for row in rows}
    return _statements("levers", hurdle_id, title, table, found, targets)


def _statement(row: dict, says: str, events: tuple[str, ...] = ()) -> Target:
    place = "" if row["jurisdiction"] == WORLD else row["jurisdiction"]
    when = language.day(row.get("reference_date") or row.get("date") or "") if row.get("reference_date") or row.get("date") else _("undated")
    heading = _("{place}, {when}").format(place=language.capitalised(place_text(row["jurisdiction"])), when=when)
    return Target(heading, says, (row["fact_id"], *events), place=place)


def _statements(kind: str, hurdle_id: str, title: str, table: pd.DataFrame, found: pd.DataFrame, targets: dict[str, Target]) -> Chart:
    return Chart(
        id=f"hurdle-{kind}-{hurdle_id}",
        title=title,
        subtitle=_("In our own words, each with its source"),
        figure=go.Figure(),
        alt=" ".join([title + ".", *(f"{target.heading}: {target.says}" for target in targets.values())]),
        table=table,
        fact_ids=fact_ids(*(target.fact_ids for target in targets.values())),
        is_empty=found.empty,
        targets=targets,
    )


def known_values(dataset: Dataset, indicator_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    """Return the observations of the chosen countries that say something, worst for patients first, with ``is_none``.

    Where more is better, a documented absence is the worst of all; where less is better it says nothing about the
    hurdle and is left out. Countries without evidence are never judged.
    """
    indicator = get(indicator_id)
    seen = observe(dataset, indicator_id)
    seen = seen[seen["iso3"].isin(countries) & (seen["status"] != NO_EVIDENCE)]
    is_category = indicator.value_type is ValueType.CATEGORY
    is_none = (seen["status"] == DOCUMENTED_NONE) & (not is_category)
    if indicator.direction < 0:
        seen, is_none = seen[~is_none], is_none[~is_none]
    seen = seen.assign(is_none=is_none, name=seen["iso3"].map(language.country_name))
    seen = seen[seen["is_none"] | seen["value"].notna()]
    largest_first = is_category or indicator.direction < 0
    return seen.sort_values(["is_none", "value", "name"], ascending=[False, not largest_first, True])
