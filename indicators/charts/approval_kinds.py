"""How products are authorised, and for whom: kinds of authorisation and age groups, by jurisdiction."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts import stacks
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.matrices import PATHWAY_TEXTS, product_name
from indicators.charts.stacks import Kind, Piece
from indicators.charts.template import Style
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, mark, ngettext
from indicators.measures import approvals
from indicators.tables import PRODUCT_SPECIALS

_MOST_LINES = 12

AGE_TEXTS = {
    "children-and-adults": mark("Children and adults"),
    "children": mark("Children only"),
    "adults": mark("Adults only, as far as stated"),
    "unknown": mark("Age group not stated"),
}
_POPULATION_TEXTS = {"adult": mark("adults"), "paediatric": mark("children"), "both": mark("children and adults"), "unknown": mark("age group not stated")}


def pathway_bars(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the authorisations in force by jurisdiction, cut by kind; an authorisation is of one product for one indication."""
    granted = _granted(dataset, countries).assign(kind=lambda frame: frame["pathway"])
    kinds = [
        Kind("full", language.capitalised(_(PATHWAY_TEXTS["full"])), style.cover["covered"]),
        Kind("conditional", language.capitalised(_(PATHWAY_TEXTS["conditional"])), style.cover["covered-conditionally"]),
        Kind("accelerated", language.capitalised(_(PATHWAY_TEXTS["accelerated"])), style.cover["covered-in-part"]),
        Kind("hospital-exemption", language.capitalised(_(PATHWAY_TEXTS["hospital-exemption"])), style.approval["hospital-exemption"]),
        Kind("unknown", language.capitalised(_(PATHWAY_TEXTS["unknown"])), style.cover["unknown"]),
    ]
    places = _by_size(granted, granted.groupby("jurisdiction").size())
    pieces, targets = [], {}
    for (place, code), group in granted.groupby(["jurisdiction", "kind"]):
        says = ngettext("{count} authorisation: {kind}", "{count} authorisations: {kind}", len(group)).format(
            count=len(group), kind=_(PATHWAY_TEXTS[str(code)])
        )
        pieces.append(Piece(str(place), str(code), len(group), _hover(dataset, str(place), says, group)))
        targets[stacks.key(str(place), str(code))] = Target(_heading(str(place), _(PATHWAY_TEXTS[str(code)])), says, tuple(group["fact_id"]), place=str(place))
    ends = {place: str(int((granted["jurisdiction"] == place).sum())) for place in places}
    built = stacks.stacked_bars(style, _named(places), kinds, pieces, ends)
    title = _pathway_finding(granted)
    return Chart(
        id="approval-pathways",
        title=title,
        subtitle=_("Authorisations in force, each of one product for one indication, by jurisdiction and kind; behind each bar the sum"),
        figure=built,
        alt=title + ".",
        table=_table(dataset, granted),
        fact_ids=tuple(granted["fact_id"].unique()),
        caveat=" ".join(text for text in (_european(dataset, places), _twice(granted)) if text),
        legend=legend_of(built),
        is_empty=granted.empty,
        targets=targets,
    )


def _pathway_finding(granted: pd.DataFrame) -> str:
    if granted.empty:
        return _("No authorisation is known here")
    counts = granted["kind"].value_counts()
    texts = {
        "full": ngettext("{count} full", "{count} full", int(counts.get("full", 0))),
        "conditional": ngettext("{count} conditional", "{count} conditional", int(counts.get("conditional", 0))),
        "accelerated": ngettext("{count} accelerated", "{count} accelerated", int(counts.get("accelerated", 0))),
        "hospital-exemption": ngettext("{count} under a hospital exemption", "{count} under a hospital exemption", int(counts.get("hospital-exemption", 0))),
        "unknown": ngettext("{count} of a kind that no source states", "{count} of a kind that no source states", int(counts.get("unknown", 0))),
    }
    parts = [text.format(count=counts[code]) for code, text in texts.items() if code in counts]
    return ngettext("{count} authorisation is in force: {parts}", "{count} authorisations are in force: {parts}", len(granted)).format(
        count=len(granted), parts=", ".join(parts)
    )


def age_bars(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the authorised products by jurisdiction, cut by the age groups that their authorisations cover together."""
    granted = _granted(dataset, countries)
    granted = granted[~granted["product_id"].isin(PRODUCT_SPECIALS)]
    groups = {pair: _age_group(set(group["population"])) for pair, group in granted.groupby(["jurisdiction", "product_id"])}
    granted = granted.assign(kind=[groups[pair] for pair in zip(granted["jurisdiction"], granted["product_id"], strict=True)])
    kinds = [
        Kind("children-and-adults", _(AGE_TEXTS["children-and-adults"]), style.qualitative[3]),
        Kind("children", _(AGE_TEXTS["children"]), style.qualitative[5]),
        Kind("adults", _(AGE_TEXTS["adults"]), style.cover["covered-conditionally"]),
        Kind("unknown", _(AGE_TEXTS["unknown"]), style.cover["unknown"]),
    ]
    places = _by_size(granted, granted.groupby("jurisdiction")["product_id"].nunique())
    pieces, targets = [], {}
    for (place, code), group in granted.groupby(["jurisdiction", "kind"]):
        count = group["product_id"].nunique()
        says = ngettext("{count} product: {ages}", "{count} products: {ages}", count).format(count=count, ages=_(AGE_TEXTS[str(code)]))
        pieces.append(Piece(str(place), str(code), count, _hover(dataset, str(place), says, group)))
        targets[stacks.key(str(place), str(code))] = Target(_heading(str(place), _(AGE_TEXTS[str(code)])), says, tuple(group["fact_id"]), place=str(place))
    ends = {place: str(granted.loc[granted["jurisdiction"] == place, "product_id"].nunique()) for place in places}
    built = stacks.stacked_bars(style, _named(places), kinds, pieces, ends)
    title = _age_finding(dataset, granted)
    return Chart(
        id="approval-ages",
        title=title,
        subtitle=_("Products authorised in each jurisdiction, by the age groups that their indications cover; behind each bar the sum"),
        figure=built,
        alt=title + ".",
        table=_table(dataset, granted),
        fact_ids=tuple(granted["fact_id"]),
        caveat=" ".join(
            text
            for text in (
                _(
                    "A product counts for children when one of its indications covers them, whichever; where sources are silent on some indications, the rest decide."
                ),
                _european(dataset, places),
            )
            if text
        ),
        legend=legend_of(built),
        is_empty=granted.empty,
        targets=targets,
    )


def _age_group(populations: set[str]) -> str:
    """Return the age group of a product, from those of its indications in a jurisdiction."""
    children, adults = bool(populations & {"paediatric", "both"}), bool(populations & {"adult", "both"})
    if children:
        return "children-and-adults" if adults else "children"
    return "adults" if adults else "unknown"


def _age_finding(dataset: Dataset, granted: pd.DataFrame) -> str:
    if granted.empty:
        return _("No authorised product is known here")
    for_children = granted[granted["kind"].isin(["children-and-adults", "children"])]
    places, total = for_children["jurisdiction"].nunique(), granted["jurisdiction"].nunique()
    if total == 1:
        place = language.in_sentence(str(granted["jurisdiction"].iloc[0]))
        products = ", ".join(product_name(dataset, str(product)) for product in sorted(set(for_children["product_id"])))
        if not places:
            return _("No product is known to be authorised for children in {place}").format(place=place)
        return _("Authorised for children in {place}: {products}").format(place=place, products=products)
    if not places:
        return _("In none of {total} jurisdictions is a product known to be authorised for children").format(total=total)
    by_product = for_children.groupby("product_id")["jurisdiction"].nunique().sort_values(ascending=False, kind="stable")
    text = ngettext(
        "A product is authorised for children in {places} of {total} jurisdictions, {product}",
        "A product is authorised for children in {places} of {total} jurisdictions, in {most} of them {product}",
        places,
    )
    return text.format(places=places, total=total, most=int(by_product.iloc[0]), product=product_name(dataset, str(by_product.index[0])))


def _granted(dataset: Dataset, countries: tuple[str, ...]) -> pd.DataFrame:
    granted = approvals.granted_by_jurisdiction(dataset)
    return granted[granted["jurisdiction"].isin(approvals.seen_in(dataset, countries))]


def _by_size(granted: pd.DataFrame, sizes: pd.Series) -> list[str]:
    return sorted(granted["jurisdiction"].unique(), key=lambda place: (-sizes[place], language.country_name(place)))


def _named(places: list[str]) -> list[tuple[str, str]]:
    return [(place, language.country_name(place)) for place in places]


def _european(dataset: Dataset, places: list[str]) -> str:
    if EU not in places:
        return ""
    return _("An authorisation of the European Union is one row here and holds in {count} countries.").format(count=len(eu_members(dataset.today)))


def _twice(granted: pd.DataFrame) -> str:
    """Return how many European decisions stand in two rows: those that went on in Great Britain when the United Kingdom left."""
    count = int(granted["fact_id"].duplicated().sum())
    if not count:
        return ""
    return ngettext(
        "{count} of its authorisations is counted twice: it went on in Great Britain as a licence of its own.",
        "{count} of its authorisations are counted twice: they went on in Great Britain as licences of their own.",
        count,
    ).format(count=count)


def _heading(place: str, kind: str) -> str:
    return _("{place}: {kind}").format(place=language.country_name(place), kind=kind)


def _hover(dataset: Dataset, place: str, says: str, group: pd.DataFrame) -> str:
    names = dataset["indications"].set_index("indication_id")["short_name"]
    lines = [f"<b>{language.country_name(place)}</b>", says]
    listed = [
        f"{product_name(dataset, row['product_id'])}, {_(str(names[row['indication_id']]))}"
        for row in group.sort_values(["product_id", "approval_date"]).to_dict("records")
    ]
    lines += listed[:_MOST_LINES] + ([_("… and {count} more").format(count=len(listed) - _MOST_LINES)] if len(listed) > _MOST_LINES else [])
    return "<br>".join([*lines, source_line(dataset, tuple(group["fact_id"]))])


def _table(dataset: Dataset, granted: pd.DataFrame) -> pd.DataFrame:
    names = dataset["indications"].set_index("indication_id")["name"]
    ordered = granted.sort_values(["jurisdiction", "product_id", "approval_date", "fact_id"])
    rows = [
        {
            _("Jurisdiction"): language.country_name(row["jurisdiction"]),
            _("Code"): row["jurisdiction"],
            _("Product"): product_name(dataset, row["product_id"]),
            _("Indication"): _(str(names[row["indication_id"]])),
            _("Kind"): _(PATHWAY_TEXTS[row["pathway"]]),
            _("Age group"): _(_POPULATION_TEXTS[row["population"]]),
            _("Date"): row["approval_date"],
            _("Regulator"): row["regulator"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(rows, index=[stacks.key(place, kind) for place, kind in zip(ordered["jurisdiction"], ordered["kind"], strict=True)])
