"""Under which agreements public money pays: kinds of managed entry agreement by country."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.matrices import SCHEME_TEXTS, product_name
from indicators.charts.template import Style
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import reimbursement

# What an agreement is called above its column, in the order of the columns: what is told first, what is not told last.
COLUMN_TEXTS = {
    "outcomes-based": mark("Outcome-based"),
    "staged-payment": mark("Staged payment"),
    "coverage-with-evidence": mark("Evidence development"),
    "volume-cap": mark("Volume cap"),
    "discount": mark("Discount"),
    "confidential": mark("Confidential, kind not told"),
    "none": mark("No agreement, as a source says"),
    "unknown": mark("Not stated"),
}
_MOST_LINES = 10


def agreement_matrix(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return kinds of managed entry agreement by country; in each square the number of decisions that pay under it.

    Decisions of :func:`indicators.measures.reimbursement.covered`. That a source denies an agreement, and that none says
    anything of one, each have a column of their own.
    """
    paid = reimbursement.covered(dataset)
    paid = paid[paid["iso3"].isin(countries)]
    agreed = paid[paid["scheme"].isin(reimbursement.AGREEMENTS)]
    columns = [code for code in COLUMN_TEXTS if (paid["scheme"] == code).any()]
    kinds, sizes = agreed.groupby("iso3")["scheme"].nunique(), agreed.groupby("iso3").size()
    places = sorted({*paid["iso3"]}, key=lambda iso3: (-kinds.get(iso3, 0), -sizes.get(iso3, 0), language.country_name(iso3)))
    built = squares.grid(style, [_(COLUMN_TEXTS[code]) for code in columns], [language.country_name(iso3) for iso3 in places])
    cells = [(str(iso3), str(scheme), group) for (iso3, scheme), group in paid.groupby(["iso3", "scheme"])]
    classes = (
        (_("an agreement of which the kind is known"), style.cover["covered-conditionally"], set(reimbursement.AGREEMENTS) - {"confidential"}),
        (_("a confidential agreement: a source says that there is one, and no more"), style.approval["hospital-exemption"], {"confidential"}),
        (_("no agreement, as a source says"), style.cover["no-cover"], {"none"}),
        (_("sources say nothing of an agreement"), style.paper, {"unknown"}),
    )
    for text, colour, schemes in classes:
        own = [cell for cell in cells if cell[1] in schemes]
        if own:
            built.add_trace(
                squares.squares(
                    style,
                    x=[_(COLUMN_TEXTS[scheme]) for _iso3, scheme, _group in own],
                    y=[language.country_name(iso3) for iso3, _scheme, _group in own],
                    colour=colour,
                    text=[str(_pairs(group)) for _iso3, _scheme, group in own],
                    hovers=[_hover(dataset, *cell) for cell in own],
                    keys=[f"{iso3}.{scheme}" for iso3, scheme, _group in own],
                    name=text,
                )
            )
    title = _finding(paid, agreed)
    return Chart(
        id="agreements",
        title=title,
        subtitle=_("Pairs of product and indication that public money pays for now, by kind of managed entry agreement and country"),
        figure=built,
        alt=title + ".",
        table=_table(dataset, paid, columns),
        fact_ids=tuple(paid["fact_id"]),
        caveat=_(
            "One kind is recorded for each decision, the one that its source stresses; a discount or refund can stand beside it unsaid. Confidential terms stay unknown even where an agreement is announced."
        ),
        minimum_width=squares.least_width(columns),
        legend=legend_of(built),
        is_empty=paid.empty,
        targets={
            f"{iso3}.{scheme}": Target(
                f"{language.country_name(iso3)}, {_(SCHEME_TEXTS[scheme])}",
                _says(scheme, group),
                tuple(group.sort_values("decision_date", ascending=False)["fact_id"]),
                place=iso3,
            )
            for iso3, scheme, group in cells
        },
    )


def _pairs(group: pd.DataFrame) -> int:
    return len(group[["product_id", "indication_id"]].drop_duplicates())


def _says(scheme: str, group: pd.DataFrame) -> str:
    count = _pairs(group)
    text = ngettext("{count} pair of product and indication: {kind}", "{count} pairs of product and indication: {kind}", count)
    return text.format(
        count=count, kind=_("agreement not stated") if scheme == "unknown" else _("no agreement") if scheme == "none" else _(SCHEME_TEXTS[scheme])
    )


def _finding(paid: pd.DataFrame, agreed: pd.DataFrame) -> str:
    total, having = paid["iso3"].nunique(), agreed["iso3"].nunique()
    if not total:
        return _("No country here is known to pay for a product with public money as a rule")
    if not having:
        return _("No managed entry agreement is known here")
    by_kind = agreed.groupby("scheme")["iso3"].nunique().sort_values(ascending=False, kind="stable")
    most = int(by_kind.iloc[0])
    leaders = by_kind.index[by_kind == most]
    if total == 1:
        kinds = ", ".join(_(SCHEME_TEXTS[str(code)]) for code in by_kind.index)
        return _("{country} pays under managed entry agreements: {kinds}").format(
            country=language.capitalised(language.in_sentence(str(paid["iso3"].iloc[0]))), kinds=kinds
        )
    text = ngettext(
        "{count} of {total} paying countries has a known managed entry agreement",
        "{count} of {total} paying countries have a known managed entry agreement",
        having,
    ).format(count=having, total=total)
    if having == 1 or len(leaders) > 1:
        return text
    return text + ngettext("; {kind} is the most common, in {most} country", "; {kind} is the most common, in {most} countries", most).format(
        kind=_(SCHEME_TEXTS[str(leaders[0])]), most=most
    )


def _hover(dataset: Dataset, iso3: str, scheme: str, group: pd.DataFrame) -> str:
    names = dataset.whole.remember("indication_names", lambda: dataset["indications"].set_index("indication_id")["short_name"].to_dict())
    lines = [f"<b>{language.country_name(iso3)}</b>", _says(scheme, group)]
    listed = [f"{product_name(dataset, row['product_id'])}, {_(names[row['indication_id']])}: {row['payer']}" for row in group.to_dict("records")]
    lines += listed[:_MOST_LINES] + ([_("… and {count} more").format(count=len(listed) - _MOST_LINES)] if len(listed) > _MOST_LINES else [])
    return "<br>".join([*lines, source_line(dataset, tuple(group["fact_id"]))])


def _table(dataset: Dataset, paid: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    names = dataset["indications"].set_index("indication_id")["name"]
    ordered = paid.assign(rank=paid["scheme"].map({code: number for number, code in enumerate(columns)})).sort_values(["iso3", "rank", "product_id", "fact_id"])
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Agreement"): _(SCHEME_TEXTS[row["scheme"]]),
            _("Product"): product_name(dataset, row["product_id"]),
            _("Indication"): _(str(names[row["indication_id"]])),
            _("Payer"): row["payer"],
            _("Territory"): row["territory"],
            _("Date"): row["decision_date"],
            _("Note"): row["note"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(rows, index=(ordered["iso3"] + "." + ordered["scheme"]).tolist())
