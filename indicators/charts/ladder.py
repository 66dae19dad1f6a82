"""The ladder of a country: its products by stage, from authorisation to treatment, as squares that open their facts."""

from __future__ import annotations

import textwrap

import pandas as pd

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.matrices import APPROVAL_TEXTS, COVER_TEXTS, DECISION_TEXTS, PATHWAY_TEXTS, product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS
from indicators.charts.site_map import SITE_STATUS_TEXTS
from indicators.charts.template import Style
from indicators.charts.wording import STATUS_TEXTS, provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU
from indicators.language import _, mark, ngettext
from indicators.measures import profile
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids
from indicators.tables import ANY_PRODUCT

STAGE_TEXTS = {
    "approved": mark("Approved"),
    "priced": mark("Priced"),
    "reviewed": mark("Reviewed by a payer"),
    "covered": mark("Publicly covered"),
    "made": mark("Made here"),
    "given": mark("Given here"),
}
STATE_TEXTS = {
    profile.YES: mark("Yes"),
    profile.PARTLY: mark("In part, on conditions, or planned"),
    profile.UNDER_REVIEW: mark("Under review"),
    profile.NEGATIVE: mark("Refused, withdrawn or closed"),
    profile.NONE: mark("None, documented"),
    profile.UNKNOWN: mark("No evidence found"),
}
_GIVEN_TEXTS = {
    "treatment-centres": mark("centres that give it are counted"),
    "patients-treated-annual": mark("patients are counted"),
    "patients-treated-cumulative": mark("patients are counted"),
    "trial": mark("in trials"),
    "target": mark("planned"),
    "real-world": mark("results from routine care"),
    "marketing-authorisation": mark("as an authorised product"),
    "hospital-exemption": mark("under a hospital exemption"),
    "named-patient": mark("for named patients"),
    "clinical-trial-only": mark("in trials only"),
    "none": mark("no route to treatment"),
    "none-in-part": mark("Known in part: none in a survey, centre or region that was counted, which is not the whole country"),
}
_COVER_WHYS = {
    "full-public": COVER_TEXTS["covered"],
    "conditional-public": COVER_TEXTS["covered-conditionally"],
    "in-part": COVER_TEXTS["covered-in-part"],
    "case-by-case": COVER_TEXTS["case-by-case"],
    "private-only": mark("Private cover only"),
    "under-assessment": COVER_TEXTS["under-assessment"],
    "no-decision": COVER_TEXTS["no-cover"],
    "refused": COVER_TEXTS["not-covered"],
    "unknown": mark("Cover not stated"),
}
_DECIDED = DECISION_TEXTS | {"advice": mark("advice of a body that does not pay")}
_WHY_TEXTS = {
    "approved": PATHWAY_TEXTS
    | {"under-review": APPROVAL_TEXTS["under-review"], "refused": APPROVAL_TEXTS["refused"], "withdrawn": APPROVAL_TEXTS["withdrawn"]},
    "priced": PRICE_TYPE_TEXTS,
    "reviewed": _DECIDED,
    "covered": _COVER_WHYS,
    "made": SITE_STATUS_TEXTS,
    "given": _GIVEN_TEXTS | {"trial": mark("in trials")},
}
_SMALL = 9  # size of the square of which nothing is known


def ladder(dataset: Dataset, iso3: str, style: Style) -> Chart:
    """Return how far each product that is known in a country has come: products by stage, the furthest first."""
    cells = profile.ladder(dataset, iso3)
    products = ordered_products(cells)
    names = {product: row_name(dataset, product) for product in products}
    # Long names take two lines.
    rows = {product: "<br>".join(textwrap.wrap(name, 18, max_lines=2, placeholder="…", break_on_hyphens=False)) for product, name in names.items()}
    columns = [_(text) for text in STAGE_TEXTS.values()]
    built = squares.grid(style, columns, [rows[product] for product in products], row_height=36)
    built.layout.annotations = ()  # names stand at the left only: six columns are no long way
    built.update_layout(margin={"l": 8, "r": 30, "t": 40, "b": 8}, height=36 * len(products) + 150, showlegend=False)
    colours = state_colours(style)
    for state, text in STATE_TEXTS.items():
        part = cells[cells["state"] == state].to_dict("records")
        if part:
            built.add_trace(
                squares.squares(
                    style,
                    x=[_(STAGE_TEXTS[cell["stage"]]) for cell in part],
                    y=[rows[cell["product_id"]] for cell in part],
                    colour=colours[state],
                    text=[inside(cell) for cell in part],
                    hovers=[_hover(dataset, iso3, names, cell) for cell in part],
                    keys=[_key(cell) for cell in part],
                    name=_(text),
                    size=_SMALL if state == profile.UNKNOWN else 26,
                )
            )
    title = finding(cells, iso3)
    return Chart(
        id=f"ladder-{iso3.lower()}",
        title=title,
        subtitle=_("Products known in the country, by stage; year of the first fact that says so, or EU for a European decision"),
        caveat=said_of_all(cells),
        figure=built,
        alt=title + ". " + _alt(cells),
        table=_table(dataset, names, cells, products),
        fact_ids=fact_ids(*cells["fact_ids"]),
        legend=legend_of(built),
        is_empty=cells.empty,
        targets={
            _key(cell): Target(
                f"{names[cell['product_id']]}, {language.country_name(iso3)}: {_(STAGE_TEXTS[cell['stage']])}",
                _says(cell),
                cell["fact_ids"],
                place=iso3,
                product_id="" if cell["product_id"] == ANY_PRODUCT else cell["product_id"],
            )
            for cell in cells.to_dict("records")
        },
    )


def said_of_all(cells: pd.DataFrame) -> str:
    """Return a sentence on the stars, where there are any."""
    if not any(_is_starred(cell) for cell in cells.to_dict("records")):
        return ""
    return _("A star marks what was decided on all CAR-T products at once; it counts for a product from its own approval on.")


def _is_starred(cell: dict) -> bool:
    return bool(cell["inherited"] and cell["state"] in (profile.YES, profile.PARTLY))


def _key(cell: dict) -> str:
    return f"{cell['product_id']}.{cell['stage']}"


def state_colours(style: Style) -> dict[str, str]:
    """Return the colour of each state's square."""
    return {
        profile.YES: style.cover["covered"],
        profile.PARTLY: style.cover["covered-conditionally"],
        profile.UNDER_REVIEW: style.paper,
        profile.NEGATIVE: style.cover["not-covered"],
        profile.NONE: style.documented_none,
        profile.UNKNOWN: style.no_evidence,
    }


def row_name(dataset: Dataset, product: str) -> str:
    """Return what a product's row is called. Brands hold in some countries only, so products have their short names."""
    return _("not named") if product == ANY_PRODUCT else product_name(dataset, product, with_brand=False)


def ordered_products(cells: pd.DataFrame) -> list[str]:
    """Return the products, approved ones first, of them those that have come furthest; facts without a product last."""
    approved = set(cells.loc[(cells["stage"] == "approved") & cells["state"].isin([profile.YES, profile.PARTLY]), "product_id"])
    score = {state: len(profile.STATES) - place for place, state in enumerate(profile.STATES)}
    sums = cells.assign(score=cells["state"].map(score).astype("float64")).groupby("product_id")["score"].sum()
    return sorted((str(product) for product in sums.index), key=lambda product: (product == ANY_PRODUCT, product not in approved, -sums[product], product))


def inside(cell: dict) -> str:
    """Return what stands in a cell's square: EU for a European decision, the year of the first fact, or nothing; a star if said of all."""
    star = "*" if _is_starred(cell) else ""
    if cell["via"] == EU:
        return f"EU{star}"
    year = (cell["earlier"] or cell["date"])[2:4]
    return f"’{year}{star}" if year and cell["state"] in (profile.YES, profile.PARTLY) else star


def _says(cell: dict) -> str:
    """Return a cell in words: its state, why, since when, and whose decision it is."""
    if cell["state"] == profile.UNKNOWN and not cell["fact_ids"]:
        return _(STATUS_TEXTS[NO_EVIDENCE])
    if cell["why"] == "none-documented" or (cell["state"] == profile.NONE and cell["stage"] == "given" and cell["why"] not in ("none",)):
        text = _(STATUS_TEXTS[DOCUMENTED_NONE])
    else:
        why = _WHY_TEXTS[cell["stage"]].get(cell["why"], "")
        text = _(STATE_TEXTS[cell["state"]])
        if why:  # of an unknown state something is known, but not what this stage asks
            text = _(why) if cell["state"] == profile.UNKNOWN else _("{state}: {why}").format(state=text, why=_(why))
    parts = [text, language.day(cell["date"]) if cell["date"] else "", _("via EU") if cell["via"] == EU else ""]
    if cell["earlier"]:
        before = _(_WHY_TEXTS[cell["stage"]][cell["earlier_why"]])
        parts.append(_("before that: {why}, {day}").format(why=before, day=language.day(cell["earlier"])))
    if cell["inherited"]:
        parts.append(
            _("decided for all CAR-T products at once, counts for this one from its approval on") if _is_starred(cell) else _("said of all CAR-T products")
        )
    return ", ".join(part for part in parts if part)


def _hover(dataset: Dataset, iso3: str, names: dict[str, str], cell: dict) -> str:
    lines = [
        f"<b>{language.country_name(iso3)}</b>",
        f"{names[cell['product_id']]} · {_(STAGE_TEXTS[cell['stage']])}",
        _says(cell),
        source_line(dataset, cell["fact_ids"]),
    ]
    return "<br>".join(line for line in lines if line)


def finding(cells: pd.DataFrame, iso3: str) -> str:
    """Return in one sentence how many products are known in a country, and how far they have come."""
    country = language.in_sentence(iso3)
    named = cells[cells["product_id"] != ANY_PRODUCT]
    total = named["product_id"].nunique()
    if cells.empty:
        return _("No product is known in {country}").format(country=country)
    if not total:
        return _("No product is known by name in {country}").format(country=country)
    full = named[named["state"] == profile.YES]
    reached = named[named["state"].isin([profile.YES, profile.PARTLY])]
    # Cover for single patients on request is no cover of the product, and a site that is planned makes nothing yet.
    covered = reached[~reached["why"].isin(["case-by-case", "private-only"])]
    counts = {
        "approved": int((reached["stage"] == "approved").sum()),
        "covered": int((covered["stage"] == "covered").sum()),
        "made": int((full["stage"] == "made").sum()),
    }
    through = int((full.groupby("product_id").size() == len(profile.STAGES)).sum())
    exempt = ((reached["stage"] == "approved") & (reached["why"] == "hospital-exemption")).any()
    text = ngettext("{count} product is known in {country}: {parts}", "{count} products are known in {country}: {parts}", total).format(
        count=total,
        country=country,
        parts=", ".join([_approved_text(counts["approved"], exempt), _covered_text(counts["covered"]), _made_text(counts["made"])]),
    )
    return text + (ngettext("; {count} has come all the way", "; {count} have come all the way", through).format(count=through) if through else "")


def _approved_text(count: int, has_exemption: bool) -> str:
    if not count:
        return _("none known to be approved")
    if has_exemption:
        return ngettext("{count} approved or under a hospital exemption", "{count} approved or under a hospital exemption", count).format(count=count)
    return ngettext("{count} approved", "{count} approved", count).format(count=count)


def _covered_text(count: int) -> str:
    if not count:
        return _("none known to be publicly covered")
    return ngettext("{count} publicly covered at least in part", "{count} publicly covered at least in part", count).format(count=count)


def _made_text(count: int) -> str:
    return ngettext("{count} made here", "{count} made here", count).format(count=count) if count else _("none known to be made here")


def _alt(cells: pd.DataFrame) -> str:
    counts = cells.groupby(["stage", "state"]).size()
    return " ".join(
        _("{stage}: yes for {yes}, no evidence for {unknown}.").format(
            stage=_(text), yes=counts.get((stage, profile.YES), 0), unknown=counts.get((stage, profile.UNKNOWN), 0)
        )
        for stage, text in STAGE_TEXTS.items()
    )


def _table(dataset: Dataset, names: dict[str, str], cells: pd.DataFrame, products: list[str]) -> pd.DataFrame:
    place = {product: number for number, product in enumerate(products)}
    step = {stage: number for number, stage in enumerate(profile.STAGES)}
    ordered = cells.assign(place=cells["product_id"].map(place), step=cells["stage"].map(step)).sort_values(["place", "step"]).to_dict("records")
    rows = [
        {
            _("Product"): names[cell["product_id"]],
            _("Stage"): _(STAGE_TEXTS[cell["stage"]]),
            _("State"): _(STATE_TEXTS[cell["state"]]),
            _("What is known"): _says(cell),
            _("Date"): cell["date"],
            **provenance(dataset, cell["fact_ids"]),
        }
        for cell in ordered
    ]
    return pd.DataFrame(rows, index=[_key(cell) for cell in ordered])
