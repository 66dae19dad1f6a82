"""What each fact says, in a line of words: for lists of facts, whatever their table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from indicators import language
from indicators.charts.maps import SITE_STATUS_TEXTS, SITE_TYPE_TEXTS
from indicators.charts.matrices import APPROVAL_TEXTS, DECISION_TEXTS, PATHWAY_TEXTS, product_name
from indicators.charts.price_dots import PRICE_TYPE_TEXTS
from indicators.charts.wording import STATUS_TEXTS, VALUE_KIND_TEXTS
from indicators.dataset import Dataset
from indicators.groups import GROUPS
from indicators.jurisdictions import EU, expand
from indicators.language import _, mark
from indicators.observations import DOCUMENTED_NONE
from indicators.tables import FACT_TABLES, PRODUCT_SPECIALS, TABLES, UNSPECIFIED

ROUTE_TEXTS = {
    "marketing-authorisation": mark("Authorised product"),
    "hospital-exemption": mark("Hospital exemption"),
    "clinical-trial-only": mark("Clinical trials"),
    "named-patient": mark("Named patients"),
    "medical-travel-outbound": mark("Travel abroad"),
    "medical-travel-inbound": mark("Patients who come from abroad"),
    "none": mark("No route to treatment"),
}
OPEN_TEXTS = {"yes": mark("open"), "limited": mark("limited"), "no": mark("closed"), "unknown": mark("not known whether open")}
COVERAGE_TEXTS = {
    "full-public": mark("public money pays"),
    "conditional-public": mark("public money pays on conditions"),
    "case-by-case": mark("case by case"),
    "private-only": mark("private cover only"),
    "none": mark("no cover"),
    "unknown": mark("cover not stated"),
}
METRIC_TEXTS = {
    "treatment-centres": mark("Treatment centres"),
    "patients-treated-cumulative": mark("Patients treated up to then"),
    "patients-treated-annual": mark("Patients treated in a year"),
    "eligible-patients-annual": mark("Eligible patients in a year"),
    "car-t-rate-per-10m": mark("First CAR-T per 10 million people in a year"),
    "share-of-eligible-treated": mark("Share of eligible patients treated"),
    "share-of-enrolled-infused": mark("Share of enrolled patients infused"),
    "share-of-apheresed-infused": mark("Share of apheresed patients infused"),
    "clinical-trials": mark("Clinical trials"),
    "trial-sites": mark("Trial sites"),
    "wait-time-days": mark("Waiting time"),
    "hsct-centres": mark("Stem cell transplant centres"),
    "hsct-rate-per-10m": mark("Stem cell transplants per 10 million people"),
    "travel-distance-km": mark("Distance travelled"),
    "out-of-pocket-usd": mark("Paid out of pocket"),
    "vein-to-vein-time": mark("Vein-to-vein time"),
    "manufacturing-time": mark("Manufacturing time"),
    "leukapheresis-to-release-time": mark("Leukapheresis to release"),
    "manufacturing-failure-rate": mark("Manufacturing failures"),
    "out-of-specification-rate": mark("Products out of specification"),
    "orr": mark("Overall response"),
    "cr": mark("Complete response"),
    "pfs-12m": mark("Free of progression after 12 months"),
    "os-12m": mark("Alive after 12 months"),
    "crs-grade3plus": mark("Cytokine release syndrome, grade 3 or more"),
    "icans-grade3plus": mark("Neurotoxicity, grade 3 or more"),
    "nrm": mark("Non-relapse mortality"),
    "nhl": mark("Non-Hodgkin lymphoma"),
    "leukaemia": mark("Leukaemia"),
    "multiple-myeloma": mark("Multiple myeloma"),
    "all": mark("All cancers"),
    "population": mark("Population"),
    "gdp-usd": mark("Gross domestic product"),
    "gdp-per-capita-usd": mark("GDP per head"),
    "gdp-per-capita-ppp": mark("GDP per head in purchasing power"),
    "gni-per-capita-usd": mark("Gross national income per head"),
    "ppp-factor-lcu-per-intl-dollar": mark("Local currency for an international dollar"),
    "health-expenditure-per-capita-usd": mark("Health spending per head"),
    "oop-share-of-health-expenditure-percent": mark("Out-of-pocket share of health spending"),
    "uhc-service-coverage-index": mark("Service coverage index"),
    "life-expectancy": mark("Life expectancy"),
}
_UNITS = {
    "count": "{number}",
    "percent": "{number}%",
    "days": mark("{number} days"),
    "per-10m": mark("{number} per 10 million"),
    "km": mark("{number} km"),
    "usd": "US${number}",
}


def amount_text(row: dict[str, Any], unit: str = "") -> str:
    """Return a fact's figure with its unit, and what it is where it is not exact: a bound, a range, a target."""
    numbers = [row["value"]] if pd.notna(row["value"]) else [row["value_low"], row["value_high"]]
    text = "–".join(_number(value) for value in numbers)
    text = _(_UNITS[unit]).format(number=text) if unit in _UNITS else f"{text} {unit}".strip()
    kind = row.get("value_kind", "exact")
    return text if kind in ("exact", "range") else f"{text} ({_(VALUE_KIND_TEXTS[kind])})"


def _number(value: float) -> str:
    return language.number(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)


def _use(dataset: Dataset, row: dict[str, Any]) -> str:
    """Return the indication behind a comma, nothing where the source does not say it."""
    if row["indication_id"] == UNSPECIFIED:
        return ""
    names = dataset.remember("indication_texts", lambda: dataset["indications"].set_index("indication_id")["name"].to_dict())
    return f", {_(names[row['indication_id']])}"


def _approval(dataset: Dataset, row: dict[str, Any]) -> str:
    if row["status"] == "none-documented":
        return f"{product_name(dataset, row['product_id'])}: {_(STATUS_TEXTS[DOCUMENTED_NONE])} ({row['regulator']})"
    what = PATHWAY_TEXTS[row["pathway"]] if row["status"] == "approved" else APPROVAL_TEXTS[row["status"]]
    return f"{product_name(dataset, row['product_id'])}: {_(what)}{_use(dataset, row)} ({row['regulator']})"


def _route(_dataset: Dataset, row: dict[str, Any]) -> str:
    return f"{_(ROUTE_TEXTS[row['route']])}: {_(OPEN_TEXTS[row['available']])}"


def _price(dataset: Dataset, row: dict[str, Any]) -> str:
    ends = [row["price_local"]] if pd.notna(row["price_local"]) else [row["price_low"], row["price_high"]]
    kind = "" if row["value_kind"] in ("exact", "range") else f", {_(VALUE_KIND_TEXTS[row['value_kind']])}"
    amount = "–".join(language.number(end) for end in ends)
    return f"{product_name(dataset, row['product_id'])}: {amount} {row['currency']}{kind}, {_(PRICE_TYPE_TEXTS[row['price_type']])}"


def _decision(dataset: Dataset, row: dict[str, Any]) -> str:
    where = f", {row['territory']}" if row["territory"] else ""
    what = f"{_(DECISION_TEXTS[row['decision']])}; {_(COVERAGE_TEXTS[row['coverage']])}"
    return f"{product_name(dataset, row['product_id'])}{_use(dataset, row)}: {what} ({row['payer']}{where})"


def _site(_dataset: Dataset, row: dict[str, Any]) -> str:
    name = ", ".join(part for part in (row["site_name"], row["city"]) if part)
    return f"{name}: {_(SITE_TYPE_TEXTS[row['site_type']])}, {_(SITE_STATUS_TEXTS[row['status']])}"


def _figure(dataset: Dataset, row: dict[str, Any]) -> str:
    """Return what a fact of turnaround, care or outcomes says."""
    product = "" if row["product_id"] in PRODUCT_SPECIALS else f"{product_name(dataset, row['product_id'])}: "
    note = row.get("population_note") or row.get("study") or ""
    return f"{product}{_(METRIC_TEXTS[row['metric']])} {amount_text(row, row['unit'])}" + (f" ({note})" if note else "")


def _cases(_dataset: Dataset, row: dict[str, Any]) -> str:
    return _("{cancer}: {count} new cases in a year").format(cancer=_(METRIC_TEXTS[row["cancer"]]), count=language.number(row["new_cases"]))


def _context(_dataset: Dataset, row: dict[str, Any]) -> str:
    return f"{_(METRIC_TEXTS[row['indicator']])}: {_number(row['value'])} {row['unit']}"


def _country(_dataset: Dataset, row: dict[str, Any]) -> str:
    return ", ".join(part for part in (row["un_m49_subregion"], row["wb_income_group"], row["currency"], row["capital"]) if part)


_TEXTS: dict[str, Callable[[Dataset, dict[str, Any]], str]] = {
    "countries": _country,
    "context": _context,
    "approvals": _approval,
    "availability": _route,
    "prices": _price,
    "reimbursement": _decision,
    "manufacturing_sites": _site,
    "turnaround": _figure,
    "care_capacity": _figure,
    "outcomes": _figure,
    "cancer_incidence": _cases,
    "policy_events": lambda _dataset, row: str(row["title"]),
    "country_groups": lambda _dataset, row: _("Member of: {group}").format(group=_(GROUPS[str(row["group_id"]).upper()].title)),
    "hurdle_findings": lambda _dataset, row: str(row["finding"]),
    "hurdle_levers": lambda _dataset, row: f"{row['lever']}: {row['what_was_done']}",
    "proposals": lambda _dataset, row: str(row["what"]),
}


def fact_text(dataset: Dataset, table: str, row: dict[str, Any]) -> str:
    """Return what a fact says, in one line; ``row`` is a row of ``table``. Tables that are about no place have no text: KeyError."""
    return _TEXTS[table](dataset, row)


def fact_date(table: str, row: dict[str, Any]) -> str:
    """Return the date (ISO, as precise as known) that a fact speaks of, "" where it has none."""
    columns = (*TABLES[table].dates, *(("year",) if "year" in row else ()))
    return next((row[column] for column in columns if row[column]), "")


def facts_of(dataset: Dataset, iso3: str) -> pd.DataFrame:
    """Return every fact about a country, those of European decisions that hold in it included, by table and date.

    Columns: ``table, text`` (what it says), ``jurisdiction``, ``date, note, fact_id``, and ``grade, confidence, checked,
    stale, source_ids`` as in :attr:`Dataset.facts`. ``preferred`` is ``no`` for what another fact was chosen before.
    """
    parts = []
    for table in FACT_TABLES:
        if table not in _TEXTS:
            continue
        frame = dataset[table]
        if table == "approvals":
            european = set(frame.loc[frame["jurisdiction"] == EU, "fact_id"])
            held = expand(frame)
            own = held[held["iso3"] == iso3]
            places = own["fact_id"].map(lambda fact_id, european=european: EU if fact_id in european else iso3)
        else:
            own = frame[frame["iso3" if "iso3" in frame else "jurisdiction"] == iso3]
            places = pd.Series(iso3, index=own.index)
        for place, row in zip(places, own.to_dict("records"), strict=True):
            said = {"text": fact_text(dataset, table, row), "jurisdiction": place, "date": fact_date(table, row)}
            parts.append({"table": table, **said, **{name: row[name] for name in ("note", "preferred", "fact_id")}})
    told = pd.DataFrame(parts, columns=["table", "text", "jurisdiction", "date", "note", "preferred", "fact_id"])
    worth = dataset.facts[["grade", "confidence", "checked", "stale", "source_ids"]]
    order = {table: number for number, table in enumerate(FACT_TABLES)}
    told = told.join(worth, on="fact_id").assign(order=told["table"].map(order))
    # What people collected comes before what statistical offices publish.
    late = told["table"].isin(["countries", "context", "country_groups", "cancer_incidence"])
    return told.assign(late=late).sort_values(["late", "order", "date", "fact_id"]).drop(columns=["late", "order"]).reset_index(drop=True)
