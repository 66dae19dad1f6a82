"""What a fact says, in words: a headline with the local figure, then the details that a reader needs to judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators import language
from indicators.charts.matrices import DECISION_TEXTS, PATHWAY_TEXTS, SCHEME_TEXTS, product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS
from indicators.charts.site_map import SITE_STATUS_TEXTS, SITE_TYPE_TEXTS
from indicators.charts.wording import VALUE_KIND_TEXTS
from indicators.dataset import Dataset
from indicators.groups import GROUPS
from indicators.language import _, mark
from indicators.tables import TABLES, UNSPECIFIED

_Row = dict[str, Any]
_NAMED_AFTER_PRODUCTS = ("approvals", "reimbursement", "products")  # whose names keep their small letters

STATUS_TEXTS = {
    "approved": mark("approved"),
    "under-review": mark("under review"),
    "refused": mark("refused"),
    "withdrawn": mark("withdrawn"),
    "none-documented": mark("nothing authorised, as documented"),
}
POPULATION_TEXTS = {"adult": mark("adults"), "paediatric": mark("children"), "both": mark("adults and children"), "unknown": mark("age group not stated")}
BASIS_TEXTS = {
    "decision": mark("date of the decision"),
    "effective": mark("in force from"),
    "announcement": mark("date of the announcement"),
    "article": mark("date of an article"),
    "unknown": "",
}
COVERAGE_TEXTS = {
    "full-public": mark("paid for with public money"),
    "conditional-public": mark("paid for with public money, on conditions"),
    "case-by-case": mark("paid for case by case"),
    "private-only": mark("private cover only"),
    "none": mark("not paid for"),
    "unknown": mark("cover not stated"),
}
SCOPE_TEXTS = {
    "national": mark("whole country"),
    "subnational": mark("part of the country"),
    "advisory": mark("advice, binding nobody"),
    "private": mark("private insurer"),
    "single-centre": mark("one centre"),
    "single-trial": mark("one trial"),
    "cohort": mark("one cohort"),
}
ROUTE_TEXTS = {
    "marketing-authorisation": mark("authorised product"),
    "hospital-exemption": mark("hospital exemption"),
    "clinical-trial-only": mark("clinical trials"),
    "named-patient": mark("named-patient use"),
    "medical-travel-outbound": mark("treatment abroad"),
    "medical-travel-inbound": mark("patients from abroad are treated here"),
    "none": mark("no route"),
}
AVAILABLE_TEXTS = {"yes": mark("open"), "limited": mark("limited"), "no": mark("closed"), "unknown": mark("not stated whether open")}
METRIC_TEXTS = {
    "vein-to-vein-time": mark("vein-to-vein time"),
    "manufacturing-time": mark("manufacturing time"),
    "leukapheresis-to-release-time": mark("leukapheresis to release"),
    "manufacturing-failure-rate": mark("manufacturing failures"),
    "out-of-specification-rate": mark("out-of-specification products"),
    "treatment-centres": mark("treatment centres"),
    "patients-treated-cumulative": mark("patients treated up to then"),
    "patients-treated-annual": mark("patients treated in a year"),
    "eligible-patients-annual": mark("eligible patients in a year"),
    "car-t-rate-per-10m": mark("CAR-T patients per 10 million people in a year"),
    "share-of-eligible-treated": mark("share of eligible patients treated"),
    "share-of-enrolled-infused": mark("share of enrolled patients infused"),
    "share-of-apheresed-infused": mark("share of apheresed patients infused"),
    "clinical-trials": mark("clinical trials"),
    "trial-sites": mark("trial sites"),
    "wait-time-days": mark("waiting time"),
    "hsct-centres": mark("transplant centres"),
    "hsct-rate-per-10m": mark("transplants per 10 million people in a year"),
    "travel-distance-km": mark("distance to a centre"),
    "out-of-pocket-usd": mark("out-of-pocket cost"),
    "orr": mark("overall response"),
    "cr": mark("complete response"),
    "pfs-12m": mark("progression-free survival at 12 months"),
    "os-12m": mark("overall survival at 12 months"),
    "crs-grade3plus": mark("cytokine release syndrome of grade 3 or higher"),
    "icans-grade3plus": mark("neurotoxicity (ICANS) of grade 3 or higher"),
    "nrm": mark("non-relapse mortality"),
}
CONTEXT_TEXTS = {
    "population": mark("population"),
    "gdp-usd": mark("gross domestic product"),
    "gdp-per-capita-usd": mark("GDP per head"),
    "gdp-per-capita-ppp": mark("GDP per head in purchasing power"),
    "gni-per-capita-usd": mark("national income per head"),
    "ppp-factor-lcu-per-intl-dollar": mark("local currency per international dollar"),
    "health-expenditure-per-capita-usd": mark("health spending per head"),
    "oop-share-of-health-expenditure-percent": mark("out-of-pocket share of health spending"),
    "uhc-service-coverage-index": mark("service coverage index"),
    "life-expectancy": mark("life expectancy"),
}
CANCER_TEXTS = {
    "nhl": mark("non-Hodgkin lymphoma"),
    "leukaemia": mark("leukaemia"),
    "multiple-myeloma": mark("multiple myeloma"),
    "all": mark("all cancers"),
}
SETTING_TEXTS = {"trial": mark("in a trial"), "real-world": mark("in routine care"), "design": mark("as designed")}
STATISTIC_TEXTS = {"median": mark("median"), "mean": mark("mean"), "rate": mark("rate"), "claim": mark("as claimed"), "unknown": ""}
_UNITS = {"days": mark("days"), "percent": "%", "count": "", "per-10m": "", "km": mark("km"), "usd": mark("US dollars")}


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact in words: what it says, its details (the most telling first), and its date as the reader writes it ("" for none)."""

    headline: str
    details: tuple[str, ...]
    date: str


def fact_text(dataset: Dataset, fact_id: str) -> FactText:
    """Return a fact in words. Raises KeyError for an unknown fact."""
    table = str(dataset.facts.at[fact_id, "table"])
    rows: pd.DataFrame = dataset.remember(("by_fact", table), lambda: dataset[table].set_index("fact_id", drop=False))
    row: _Row = {str(name): value for name, value in rows.loc[fact_id].items()}
    headline, details, day = _WORDS.get(table, _plain)(dataset, row)
    headline = headline if table in _NAMED_AFTER_PRODUCTS else language.capitalised(headline)
    return FactText(headline, tuple(part for part in details if part), language.day(day) if day else "")


_Words = tuple[str, Iterator[str] | list[str], str]


def _indication(dataset: Dataset, row: _Row) -> str:
    if row["indication_id"] == UNSPECIFIED:
        return ""
    names = dataset.whole.remember("indication_texts", lambda: dataset["indications"].set_index("indication_id")["name"].to_dict())
    return _(names[row["indication_id"]])


def _amount(row: _Row, value: str, low: str, high: str) -> str:
    """Return a figure with what kind of figure it is: a range with both ends, a bound as a bound."""
    if row["value_kind"] in ("range", "target") and not pd.isna(row[low]) and not pd.isna(row[high]):
        text = _("{low} to {high}").format(low=_figure(row[low]), high=_figure(row[high]))
        return text if row["value_kind"] == "range" else f"{text} ({_(VALUE_KIND_TEXTS['target'])})"
    number = _figure(row[value] if not pd.isna(row[value]) else row[low])
    patterns = {"at-least": _("at least {value}"), "at-most": _("at most {value}"), "approximate": _("about {value}"), "target": _("{value} (target)")}
    return patterns.get(row["value_kind"], "{value}").format(value=number)


def _figure(value: float) -> str:
    return language.number(value, 0 if float(value).is_integer() else 1 if value >= 10 else 2)


def _approval(dataset: Dataset, row: _Row) -> _Words:
    status = _(STATUS_TEXTS[row["status"]])
    headline = f"{product_name(dataset, row['product_id'])}: {status}" if row["status"] != "none-documented" else language.capitalised(status)
    pathway = _(PATHWAY_TEXTS[row["pathway"]]) if row["status"] == "approved" else ""
    details = [_indication(dataset, row), _(POPULATION_TEXTS[row["population"]]), pathway, row["regulator"], row["indication_text"]]
    if row["status"] == "none-documented":
        details = [row["regulator"]]
    return headline, [*details, _(BASIS_TEXTS[row["date_basis"]]) if row["date_basis"] == "article" else ""], row["approval_date"] or row["status_date"]


def _price(dataset: Dataset, row: _Row) -> _Words:
    amount = _amount(row, "price_local", "price_low", "price_high")
    tax = {"yes": _("with value-added tax"), "no": _("without value-added tax")}.get(row["includes_vat"], "")
    details = [product_name(dataset, row["product_id"]), _(PRICE_TYPE_TEXTS[row["price_type"]]), _indication(dataset, row), tax]
    return f"{amount} {row['currency']}", details, row["effective_date"]


def _decision(dataset: Dataset, row: _Row) -> _Words:
    headline = f"{product_name(dataset, row['product_id'])}: {_(COVERAGE_TEXTS[row['coverage']])}"
    scheme = "" if row["scheme"] in ("unknown", "none") else _(SCHEME_TEXTS[row["scheme"]])
    decision = "" if row["decision"] == "unknown" else _(DECISION_TEXTS[row["decision"]])
    details = [row["payer"], decision, _indication(dataset, row), row["territory"] or _(SCOPE_TEXTS[row["scope"]]), scheme, row["decision_ref"]]
    return headline, details, row["decision_date"]


def _site(dataset: Dataset, row: _Row) -> _Words:
    products = ", ".join(product_name(dataset, product) for product in row["product_ids"].split(";") if product)
    capacity = ""
    if not pd.isna(row["capacity_patients_per_year"]):
        kind = row["capacity_value_kind"]
        capacity = _("{count} patients a year").format(count=language.number(row["capacity_patients_per_year"]))
        capacity += "" if kind == "exact" else f" ({_(VALUE_KIND_TEXTS[kind])})"
    headline = _("{site}: {status}").format(site=row["site_name"], status=_(SITE_STATUS_TEXTS[row["status"]]))
    return headline, [_(SITE_TYPE_TEXTS[row["site_type"]]), row["operator"], row["city"], products, capacity, row["capacity_basis"]], row["status_as_of"]


def measured_text(row: _Row) -> str:
    """Return the figure of a row of turnaround or care with its unit: a bound, a range or a target as what it is."""
    unit = _(_UNITS[row["unit"]]) if _UNITS[row["unit"]] else ""
    return _amount(row, "value", "value_low", "value_high") + ("%" if unit == "%" else f" {unit}" if unit else "")


def _measured(dataset: Dataset, row: _Row) -> _Words:
    amount = measured_text(row)
    patients = row.get("patients")
    details = [
        product_name(dataset, row["product_id"]) if row["product_id"] not in ("any", UNSPECIFIED) else "",
        _(STATISTIC_TEXTS[row["statistic"]]) if row.get("statistic") and STATISTIC_TEXTS[row["statistic"]] else "",
        _(SETTING_TEXTS[row["setting"]]) if row.get("setting") else "",
        _(SCOPE_TEXTS[row["scope"]]) if row.get("scope") else "",
        _("{count} patients or products").format(count=language.number(patients)) if patients is not None and not pd.isna(patients) else "",
        row.get("population_note", ""),
    ]
    return f"{_(METRIC_TEXTS[row['metric']])}: {amount}", details, row["reference_date"]


def _outcome(dataset: Dataset, row: _Row) -> _Words:
    patients = row["patients"]
    counted = "" if pd.isna(patients) else _("{count} patients").format(count=language.number(patients))
    details = [product_name(dataset, row["product_id"]), _indication(dataset, row), row["study"], _(SETTING_TEXTS[row["setting"]]), counted]
    return f"{_(METRIC_TEXTS[row['metric']])}: {_figure(row['value'])}%", details, row["year"]


def _route(_dataset: Dataset, row: _Row) -> _Words:
    headline = f"{_(ROUTE_TEXTS[row['route']])}: {_(AVAILABLE_TEXTS[row['available']])}" if row["route"] != "none" else _(ROUTE_TEXTS["none"])
    since = _("since {year}").format(year=row["first_year"]) if row["first_year"] else ""
    return headline, [since], ""


def _context(_dataset: Dataset, row: _Row) -> _Words:
    return f"{_(CONTEXT_TEXTS[row['indicator']])}: {_figure(row['value'])}", [_(row["unit"]), language.country_name(row["iso3"])], row["year"]


def _rate(_dataset: Dataset, row: _Row) -> _Words:
    return (
        _("{rate} {currency} for one US dollar").format(rate=f"{row['lcu_per_usd']:.6g}", currency=row["currency"]),
        [_("average of the year")],
        row["year"],
    )


def _incidence(_dataset: Dataset, row: _Row) -> _Words:
    return f"{_(CANCER_TEXTS[row['cancer']])}: " + _("{count} new cases a year").format(count=language.number(row["new_cases"])), [], row["year"]


def _event(_dataset: Dataset, row: _Row) -> _Words:
    return row["title"], [row["detail"]], row["date"]


def _country(_dataset: Dataset, row: _Row) -> _Words:
    return language.country_name(row["iso3"]), [row["capital"]], ""


def _product(dataset: Dataset, row: _Row) -> _Words:
    return product_name(dataset, row["product_id"]), [row["inn"], row["developer"], row["target_antigen"]], ""


def _finding(_dataset: Dataset, row: _Row) -> _Words:
    return row["finding"], [], row["reference_date"]


def _lever(_dataset: Dataset, row: _Row) -> _Words:
    return row["lever"], [row["what_was_done"], row["what_happened"]], row["date"]


def _proposal(_dataset: Dataset, row: _Row) -> _Words:
    return row["what"], [], row["since"]


def _membership(_dataset: Dataset, row: _Row) -> _Words:
    return _("member of {group}").format(group=_(GROUPS[str(row["group_id"]).upper()].title)), [], ""


def _hurdle(_dataset: Dataset, row: _Row) -> _Words:
    return row["title"], [row["literature"]], ""


def _plain(_dataset: Dataset, row: _Row) -> _Words:
    return row["fact_id"], [], ""


_WORDS: dict[str, Callable[[Dataset, _Row], _Words]] = {
    "approvals": _approval,
    "prices": _price,
    "reimbursement": _decision,
    "manufacturing_sites": _site,
    "turnaround": _measured,
    "care_capacity": _measured,
    "outcomes": _outcome,
    "availability": _route,
    "context": _context,
    "exchange_rates": _rate,
    "cancer_incidence": _incidence,
    "policy_events": _event,
    "countries": _country,
    "products": _product,
    "hurdles": _hurdle,
    "hurdle_findings": _finding,
    "hurdle_levers": _lever,
    "proposals": _proposal,
    "country_groups": _membership,
}


def place_of(dataset: Dataset, fact_id: str) -> str:
    """Return the country or jurisdiction that a fact is about; "" for facts about none."""
    table = str(dataset.facts.at[fact_id, "table"])
    column = next((name for name in ("iso3", "jurisdiction") if name in TABLES[table].names), "")
    if not column:
        return ""
    places = dataset.remember(("places", table), lambda: dataset[table].set_index("fact_id")[column].to_dict())
    return str(places[fact_id])


# What facts share that answer one question, whatever day they speak of.
_QUESTIONS = {
    "approvals": ["product_id", "jurisdiction", "indication_id"],
    "prices": ["product_id", "jurisdiction", "price_type"],
    "reimbursement": ["product_id", "jurisdiction", "indication_id"],
    "turnaround": ["product_id", "jurisdiction", "metric"],
    "care_capacity": ["product_id", "jurisdiction", "metric"],
    "outcomes": ["product_id", "jurisdiction", "indication_id", "metric"],
}


def rivals(dataset: Dataset, fact_id: str) -> tuple[str, ...]:
    """Return the facts that disagree with this one: the same question, and a curator's note on both about which one to use."""

    def gather() -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, question in _QUESTIONS.items():
            frame = dataset[name]
            for _key, group in frame[frame["conflict_note"] != ""].groupby(question):
                ids = tuple(group["fact_id"])
                found.update({one: tuple(other for other in ids if other != one) for one in ids if len(ids) > 1})
        return found

    return dataset.remember("rivals", gather).get(fact_id, ())
