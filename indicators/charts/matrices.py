"""Matrices of products (or indications) by country, drawn as square markers so that each cell can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pandas as pd

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.template import Style
from indicators.charts.wording import STATUS_TEXTS, provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, UNITED_KINGDOM, eu_members
from indicators.language import _, mark, ngettext
from indicators.measures import approvals, reimbursement
from indicators.observations import DOCUMENTED_NONE, fact_ids
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS, UNSPECIFIED

APPROVAL_TEXTS = {
    "approved": mark("Marketing authorisation"),
    "hospital-exemption": mark("Hospital exemption"),
    "under-review": mark("Under review"),
    "refused": mark("Refused"),
    "withdrawn": mark("Withdrawn"),
}
PATHWAY_TEXTS = {
    "full": mark("full authorisation"),
    "conditional": mark("conditional authorisation"),
    "accelerated": mark("accelerated approval"),
    "hospital-exemption": mark("hospital exemption"),
    "unknown": mark("kind of authorisation not stated"),
}
COVER_TEXTS = {
    "covered": mark("Covered"),
    "covered-conditionally": mark("Covered on conditions"),
    "covered-in-part": mark("Covered in part of the country"),
    "case-by-case": mark("Case by case"),
    "under-assessment": mark("Under assessment"),
    "not-covered": mark("Refused"),
    "no-cover": mark("No cover, no decision taken"),
    "unknown": mark("Decision known, cover not stated"),
}
_MOST_NAMED = 3
_MAKER_AND_TARGET = re.compile(r"-(cd19|cd20|cd22|bcma|cart)$")


def product_name(dataset: Dataset, product_id: str, with_brand: bool = True) -> str:
    """Return how a product is called on charts: its short name and first brand, such as ``tisa-cel (Kymriah)``.

    A product without any name of its own, whose id is its maker and target, is called after its maker. A brand may hold
    in some countries only: leave it out where one country is spoken of.
    """
    if product_id == UNSPECIFIED:
        return _("not named")
    if product_id in PRODUCT_SPECIALS:
        return _("any product")
    products = dataset.whole.remember(
        "product_names", lambda: dataset["products"].set_index("product_id")[["inn", "brand_names", "developer"]].to_dict("index")
    )
    names = products.get(product_id, {"inn": "", "brand_names": "", "developer": ""})
    brand = names["brand_names"].split(";")[0].split("(")[0].strip()
    if brand and with_brand:
        return f"{product_id} ({brand})"
    if not names["inn"] and not brand and names["developer"] and _MAKER_AND_TARGET.search(product_id):
        return re.split(r" with | / |;|\(", names["developer"])[0].strip()
    return product_id


def approval_matrix(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return products by jurisdiction: a cell's colour is the status, its text the year of the first approval.

    The European Union is one row; it is shown when one of ``countries`` is a member. Documented absences have no square,
    but a line in the table.
    """
    known = dataset["approvals"]
    counts = approvals.products_approved(dataset)
    absent = counts[(counts["status"] == DOCUMENTED_NONE) & counts["iso3"].isin(countries)]
    absences = known[known["fact_id"].isin(fact_ids(*absent["fact_ids"]))].assign(cell="none-documented")
    facts = known[(known["preferred"] == "yes") & (known["status"] != "none-documented") & (known["product_id"] != ANY_PRODUCT)]
    shown_places = {*countries} | ({EU} if eu_members(dataset.today) & set(countries) else set())
    facts = facts[facts["jurisdiction"].isin(shown_places)]
    if UNITED_KINGDOM in countries and UNITED_KINGDOM not in eu_members(dataset.today):
        granted = approvals.approved(dataset)  # European licences that went on as licences of Great Britain
        kept = granted[(granted["iso3"] == UNITED_KINGDOM) & (granted["via"] == EU)].rename(columns={"iso3": "jurisdiction"})
        facts = pd.concat([facts, kept[[*facts.columns]]], ignore_index=True)
    facts = facts.copy()
    facts["cell"] = facts["status"].where((facts["status"] != "approved") | (facts["pathway"] != "hospital-exemption"), "hospital-exemption")
    cells = []
    for (place, product_id), group in facts.groupby(["jurisdiction", "product_id"]):
        cell = next(code for code in APPROVAL_TEXTS if (group["cell"] == code).any())
        deciding = group[group["cell"] == cell]
        dates = sorted(text for text in deciding["approval_date"] if text)
        cells.append({"place": place, "product_id": product_id, "cell": cell, "date": dates[0] if dates else "", "facts": group})
    products = sorted({cell["product_id"] for cell in cells}, key=lambda product: _product_order(cells, product))
    places = sorted({cell["place"] for cell in cells}, key=lambda place: (-_count(cells, place), language.country_name(place)))
    names = {product: product_name(dataset, product) for product in products}
    built = squares.grid(style, [names[product] for product in products], [language.country_name(place) for place in places])
    for code, text in APPROVAL_TEXTS.items():
        group = [cell for cell in cells if cell["cell"] == code]
        if not group:
            continue
        built.add_trace(
            squares.squares(
                style,
                x=[names[cell["product_id"]] for cell in group],
                y=[language.country_name(cell["place"]) for cell in group],
                colour=style.approval[code],
                text=[cell["date"][2:4] and "’" + cell["date"][2:4] for cell in group],
                hovers=[_approval_hover(dataset, cell) for cell in group],
                keys=[f"{cell['place']}.{cell['product_id']}" for cell in group],
                name=_(text),
            )
        )
    approved = [cell for cell in cells if cell["cell"] in ("approved", "hospital-exemption")]
    count = len({cell["product_id"] for cell in approved} - set(PRODUCT_SPECIALS))
    regulators = len({cell["place"] for cell in approved})
    if any(cell["cell"] == "hospital-exemption" for cell in approved):
        title = ngettext(
            "{count} CAR-T product is authorised or under a hospital exemption", "{count} CAR-T products are authorised or under a hospital exemption", count
        ).format(count=count)
    else:
        title = ngettext("{count} CAR-T product is authorised", "{count} CAR-T products are authorised", count).format(count=count)
    title += ngettext(" in {count} jurisdiction", " in {count} jurisdictions", regulators).format(count=regulators)
    if regulators > 1:
        most = max(_count(approved, place) for place in places)
        leaders = [place for place in places if _count(approved, place) == most]
        title += ngettext("; {place} leads with {most}", "; {count} of them lead with {most}", len(leaders)).format(
            place=language.in_sentence(leaders[0]), count=len(leaders), most=most
        )
    if not approved:
        title = _no_approval(absent["iso3"].tolist())
    return Chart(
        id="approval-matrix",
        title=title,
        subtitle=_("Products by jurisdiction; in each square the year of the first authorisation for any indication"),
        figure=built,
        alt=title + ".",
        table=_approval_table(dataset, pd.concat([facts, absences])),
        fact_ids=(*facts["fact_id"], *absences["fact_id"]),
        caveat=" ".join(_approval_caveats(dataset, EU in places, len(absent) if approved else 0)),
        minimum_width=squares.least_width(products),
        legend=legend_of(built),
        is_empty=not cells,
        targets=_approval_targets(dataset, cells, absences),
    )


def _approval_targets(dataset: Dataset, cells: list[dict], absences: pd.DataFrame) -> dict[str, Target]:
    """Return what opens for each cell, and for each documented absence."""
    targets = {
        f"{cell['place']}.{cell['product_id']}": Target(
            f"{product_name(dataset, cell['product_id'])}, {language.country_name(cell['place'])}",
            _(APPROVAL_TEXTS[cell["cell"]]) + (f", {language.day(cell['date'])}" if cell["date"] else ""),
            tuple(cell["facts"].sort_values("approval_date")["fact_id"]),
            place=cell["place"],
            product_id=cell["product_id"],
        )
        for cell in cells
    }
    for place, group in absences.groupby("jurisdiction"):
        name = language.country_name(str(place))
        targets[f"{place}.{ANY_PRODUCT}"] = Target(name, _(STATUS_TEXTS[DOCUMENTED_NONE]), tuple(group["fact_id"]), place=str(place))
    return targets


def _no_approval(absent: list[str]) -> str:
    """Return the finding where nothing is authorised: what sources say of the countries, or that nothing is known."""
    if not absent:
        return _("No authorisation is known here")
    if len(absent) > _MOST_NAMED:
        return _("Sources document that no product is authorised in {count} countries").format(count=len(absent))
    text = ngettext(
        "A source documents that no product is authorised in {countries}", "Sources document that no product is authorised in {countries}", len(absent)
    )
    return text.format(countries=", ".join(sorted(language.in_sentence(iso3) for iso3 in absent)))


def _approval_caveats(dataset: Dataset, with_europe: bool, absent: int) -> Iterator[str]:
    if with_europe:
        yield _(
            "A decision for the European Union holds in {count} countries, Iceland, Liechtenstein and Norway among them, beside what stands in their own rows."
        ).format(count=len(eu_members(dataset.today)))
    if absent:
        yield ngettext(
            "A source documents that no product is authorised in {count} more country; the atlas lists it.",
            "Sources document that no product is authorised in {count} more countries; the atlas lists them.",
            absent,
        ).format(count=absent)


def _count(cells: list[dict], place: str) -> int:
    return sum(1 for cell in cells if cell["place"] == place and cell["cell"] in ("approved", "hospital-exemption"))


def _product_order(cells: list[dict], product: str) -> tuple:
    own = [cell for cell in cells if cell["product_id"] == product]
    return (product in PRODUCT_SPECIALS, -sum(1 for cell in own if cell["cell"] == "approved"), min((cell["date"] or "9999") for cell in own), product)


def _approval_hover(dataset: Dataset, cell: dict) -> str:
    lines = [f"<b>{language.country_name(cell['place'])}</b>", f"{product_name(dataset, cell['product_id'])}: {_(APPROVAL_TEXTS[cell['cell']])}"]
    indications = dataset.whole.remember("indication_names", lambda: dataset["indications"].set_index("indication_id")["short_name"].to_dict())
    for row in cell["facts"].sort_values("approval_date").to_dict("records"):
        day = language.day(row["approval_date"]) if row["approval_date"] else _("undated")
        lines.append(f"{_(indications[row['indication_id']])}: {day}, {_(PATHWAY_TEXTS[row['pathway']])}")
    lines.append(source_line(dataset, tuple(cell["facts"]["fact_id"])))
    return "<br>".join(lines[:14])


def _approval_table(dataset: Dataset, facts: pd.DataFrame) -> pd.DataFrame:
    indications = dataset["indications"].set_index("indication_id")["name"]
    rows = [
        {
            _("Jurisdiction"): language.country_name(row["jurisdiction"]),
            _("Code"): row["jurisdiction"],
            _("Product"): product_name(dataset, row["product_id"]),
            _("Indication"): _(str(indications[row["indication_id"]])),
            _("Status"): _(STATUS_TEXTS[DOCUMENTED_NONE] if row["cell"] == "none-documented" else APPROVAL_TEXTS[row["cell"]]),
            _("Kind"): "" if row["cell"] == "none-documented" else _(PATHWAY_TEXTS[row["pathway"]]),
            _("Date"): row["status_date"] if row["cell"] == "none-documented" else row["approval_date"],
            _("Regulator"): row["regulator"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in facts.sort_values(["jurisdiction", "product_id", "approval_date"]).to_dict("records")
    ]
    ordered = facts.sort_values(["jurisdiction", "product_id", "approval_date"])
    return pd.DataFrame(rows, index=(ordered["jurisdiction"] + "." + ordered["product_id"]).tolist())


def decision_matrix(dataset: Dataset, countries: tuple[str, ...], by: str, style: Style) -> Chart:
    """Return what public money pays for: products or indications by country.

    ``by`` is ``product_id`` or ``indication_id``. A cell shows the best cover among the newest public decisions.
    """
    decisions = reimbursement.decisions_by_product(dataset) if by == "product_id" else reimbursement.latest_decisions(dataset)
    decisions = decisions[decisions["iso3"].isin(countries)].copy()
    decisions["cell"] = _cover_cells(decisions)
    decisions = decisions[decisions["cell"] != ""]
    name_of = _column_names(dataset, by)
    cells = []
    for (iso3, column), group in decisions.groupby(["iso3", by]):
        cell = next(code for code in COVER_TEXTS if (group["cell"] == code).any())
        cells.append({"place": iso3, "column": column, "cell": cell, "facts": group})
    columns = sorted({cell["column"] for cell in cells}, key=lambda column: (_is_vague(column), -sum(1 for cell in cells if cell["column"] == column), column))
    score = {place: sum(1 for cell in cells if cell["place"] == place and cell["cell"] in reimbursement.PAYING) for place in {cell["place"] for cell in cells}}
    places = sorted(score, key=lambda place: (-score[place], language.country_name(place)))
    built = squares.grid(style, [name_of(column) for column in columns], [language.country_name(place) for place in places])
    for code, text in COVER_TEXTS.items():
        group = [cell for cell in cells if cell["cell"] == code]
        if group:
            built.add_trace(
                squares.squares(
                    style,
                    x=[name_of(cell["column"]) for cell in group],
                    y=[language.country_name(cell["place"]) for cell in group],
                    colour=style.cover[code],
                    text=[""] * len(group),
                    hovers=[_decision_hover(dataset, cell, name_of(cell["column"])) for cell in group],
                    keys=[f"{cell['place']}.{cell['column']}" for cell in group],
                    name=_(text),
                )
            )
    title = _cover_finding(cells)
    return Chart(
        id=f"decision-matrix-{by.removesuffix('_id')}",
        title=title if cells else _("No public decision is known here"),
        subtitle=_("Newest public decision by product") if by == "product_id" else _("Newest public decision by indication"),
        figure=built,
        alt=title + ".",
        table=_decision_table(dataset, decisions, by),
        fact_ids=tuple(decisions["fact_id"]),
        caveat=_("National decisions first; advice and private cover are left out. An empty place means that no decision was found, not that there is none."),
        minimum_width=squares.least_width(columns),
        legend=legend_of(built),
        is_empty=not cells,
        targets={
            f"{cell['place']}.{cell['column']}": Target(
                f"{name_of(cell['column'])}, {language.country_name(cell['place'])}",
                _(COVER_TEXTS[cell["cell"]]),
                tuple(cell["facts"].sort_values("decision_date", ascending=False)["fact_id"]),
                place=cell["place"],
                product_id=cell["column"] if by == "product_id" else "",
            )
            for cell in cells
        },
    )


def _cover_cells(decisions: pd.DataFrame) -> pd.Series:
    cells = decisions["coverage"].map(
        {"full-public": "covered", "conditional-public": "covered-conditionally", "case-by-case": "case-by-case", "none": "not-covered"}
    )
    in_part = (decisions["scope"] == "subnational") & cells.isin(["covered", "covered-conditionally"])
    cells = cells.mask(in_part, "covered-in-part")
    cells = cells.mask(
        (decisions["decision"] == "under-assessment") & ~cells.isin(["covered", "covered-conditionally", "covered-in-part", "case-by-case"]), "under-assessment"
    )
    undecided = decisions["decision"].isin(["no-decision", "unknown", "not-submitted"])
    cells = cells.mask(undecided & (cells == "not-covered"), "no-cover")
    return cells.where(~(undecided & cells.isna()), "").fillna("unknown")


def _is_vague(column: str) -> bool:
    return column in ("any", "unspecified", "other") or column.endswith("-unspecified")


def _column_names(dataset: Dataset, by: str) -> Callable[[str], str]:
    if by == "product_id":
        return lambda product: product_name(dataset, product)
    names = dataset["indications"].set_index("indication_id")["short_name"]
    return lambda indication: _(str(names[indication]))


def _cover_finding(cells: list[dict]) -> str:
    """Return in how many countries public money pays, pays case by case, or does not."""
    paying = {cell["place"] for cell in cells if cell["cell"] in reimbursement.PAYING}
    single = {cell["place"] for cell in cells if cell["cell"] == "case-by-case"} - paying
    none = {cell["place"] for cell in cells if cell["cell"] in ("not-covered", "no-cover")} - paying - single
    open_ = {cell["place"] for cell in cells} - paying - single - none
    if paying:
        title = ngettext(
            "Public money pays for at least one product in {count} country", "Public money pays for at least one product in {count} countries", len(paying)
        ).format(count=len(paying))
    else:
        title = _("No country here is known to pay for a product with public money as a rule")
    parts = [
        ngettext("in {count} case by case", "in {count} case by case", len(single)).format(count=len(single)) if single else "",
        ngettext("in {count} for none, or none yet", "in {count} for none, or none yet", len(none)).format(count=len(none)) if none and paying else "",
        ngettext("in {count} it is open", "in {count} it is open", len(open_)).format(count=len(open_)) if open_ and paying else "",
    ]
    return "; ".join([title, *(part for part in parts if part)])


def _decision_hover(dataset: Dataset, cell: dict, column: str) -> str:
    lines = [f"<b>{language.country_name(cell['place'])}</b>", f"{column}: {_(COVER_TEXTS[cell['cell']])}"]
    indications = dataset.whole.remember("indication_names", lambda: dataset["indications"].set_index("indication_id")["short_name"].to_dict())
    for row in cell["facts"].sort_values("decision_date").to_dict("records")[:8]:
        day = language.day(row["decision_date"]) if row["decision_date"] else _("undated")
        lines.append(f"{product_name(dataset, row['product_id'])}, {_(indications[row['indication_id']])}: {_(COVER_TEXTS[row['cell']])}, {day}")
    lines.append(source_line(dataset, tuple(cell["facts"]["fact_id"])))
    return "<br>".join(lines)


DECISION_TEXTS = {
    "recommended": mark("recommended"),
    "recommended-restricted": mark("recommended with restrictions"),
    "managed-access": mark("managed access"),
    "not-recommended": mark("not recommended"),
    "not-submitted": mark("not submitted"),
    "under-assessment": mark("under assessment"),
    "no-decision": mark("no decision"),
    "unknown": mark("not stated"),
}
SCHEME_TEXTS = {
    "none": mark("none"),
    "confidential": mark("confidential agreement"),
    "discount": mark("discount"),
    "outcomes-based": mark("outcome-based payment"),
    "staged-payment": mark("staged payment"),
    "coverage-with-evidence": mark("coverage with evidence development"),
    "volume-cap": mark("volume cap"),
    "unknown": mark("not stated"),
}


def _decision_table(dataset: Dataset, decisions: pd.DataFrame, by: str) -> pd.DataFrame:
    decisions = decisions.sort_values(["iso3", "product_id", "indication_id"])
    indications = dataset["indications"].set_index("indication_id")["name"]
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Product"): product_name(dataset, row["product_id"]),
            _("Indication"): _(str(indications[row["indication_id"]])),
            _("Payer"): row["payer"],
            _("Territory"): row["territory"],
            _("Decision"): _(DECISION_TEXTS[row["decision"]]),
            _("Cover"): _(COVER_TEXTS[row["cell"]]),
            _("Agreement"): _(SCHEME_TEXTS[row["scheme"]]),
            _("Date"): row["decision_date"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in decisions.to_dict("records")
    ]
    return pd.DataFrame(rows, index=(decisions["iso3"] + "." + decisions[by]).tolist())
