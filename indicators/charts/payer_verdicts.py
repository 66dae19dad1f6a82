"""How payers and advice bodies decided: positive and negative final decisions, one bar for each of them."""

from __future__ import annotations

import re

import pandas as pd

from indicators import language
from indicators.charts import stacks
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.matrices import DECISION_TEXTS, product_name
from indicators.charts.stacks import Kind, Piece
from indicators.charts.template import Style
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import reimbursement

SCOPE_TEXTS = {
    "national": mark("National payers"),
    "subnational": mark("Payers for a part of a country"),
    "advisory": mark("Advice bodies"),
    "private": mark("Private insurers"),
}
_WHAT_IT_BINDS = {
    "national": mark("These decisions bind the whole country."),
    "subnational": mark("These decisions bind a province, a state or a nation within the country, such as England, and not the rest of it."),
    "advisory": mark("Advice binds nobody: the payer can follow it or not, so advice is never counted as a decision."),
    "private": mark("Private cover reaches the insured of that company or scheme only, and never counts as public cover."),
}
_MOST_LINES = 10
_LONGEST = 34  # letters of a payer's name that stand beside a bar


def verdict_bars(dataset: Dataset, countries: tuple[str, ...], scope: str, style: Style) -> Chart:
    """Return final decisions by payer, positive ones to the right and negative ones to the left; ``scope`` is one of SCOPE_TEXTS."""
    final = reimbursement.final_decisions(dataset, (scope,))
    final = final[final["iso3"].isin(countries)]
    payers = list(dict.fromkeys(zip(final["iso3"], final["payer"], strict=True)))
    tally = {payer: group["is_positive"].value_counts() for payer, group in final.groupby(["iso3", "payer"])}
    payers.sort(key=lambda payer: (-tally[payer].get(False, 0), -tally[payer].sum(), language.country_name(payer[0]), payer[1]))
    codes = {payer: f"{payer[0]}.{_code(payer[1])}" for payer in payers}
    final = final.assign(row=[codes[payer] for payer in zip(final["iso3"], final["payer"], strict=True)])
    kinds = [
        Kind("recommended", language.capitalised(_(DECISION_TEXTS["recommended"])), style.cover["covered"]),
        Kind("recommended-restricted", language.capitalised(_(DECISION_TEXTS["recommended-restricted"])), style.cover["covered-conditionally"]),
        Kind("managed-access", language.capitalised(_(DECISION_TEXTS["managed-access"])), style.cover["covered-in-part"]),
        Kind("not-recommended", language.capitalised(_(DECISION_TEXTS["not-recommended"])), style.cover["not-covered"], is_left=True),
    ]
    pieces, targets = [], {}
    for (row, decision), group in final.groupby(["row", "decision"]):
        iso3, payer = str(group["iso3"].iloc[0]), str(group["payer"].iloc[0])
        says = _says(scope, str(decision), len(group))
        pieces.append(Piece(str(row), str(decision), len(group), _hover(dataset, iso3, payer, says, group)))
        newest_first = group.sort_values("decision_date", ascending=False)
        targets[stacks.key(str(row), str(decision))] = Target(
            f"{language.country_name(iso3)}, {payer}: {_(DECISION_TEXTS[decision])}", says, tuple(newest_first["fact_id"]), place=iso3
        )
    ends = {
        codes[payer]: _("{positive} of {total} positive").format(positive=int(tally[payer].get(True, 0)), total=int(tally[payer].sum())) for payer in payers
    }
    built = stacks.stacked_bars(style, [(codes[payer], _name(*payer)) for payer in payers], kinds, pieces, ends)
    built.update_layout(margin={"r": 110})
    title = _finding(scope, final, payers, tally)
    return Chart(
        id=f"verdicts-{scope}",
        title=title,
        subtitle=_("Final opinions of all time by who gave them: negative to the left, positive to the right; reviews under way are left out")
        if scope == "advisory"
        else _("Final decisions of all time by who took them: negative to the left, positive to the right; reviews under way are left out"),
        figure=built,
        alt=title + ". " + " ".join(f"{_name(*payer)}: {ends[codes[payer]]}." for payer in payers),
        table=_table(dataset, final),
        fact_ids=tuple(final["fact_id"]),
        caveat=_(_WHAT_IT_BINDS[scope]) + " " + _("Where the same product and indication were judged twice, both count."),
        minimum_width=640,
        legend=legend_of(built),
        is_empty=final.empty,
        targets=targets,
    )


def _code(payer: str) -> str:
    """Return a payer's name as it can stand in an address."""
    return re.sub(r"[^a-z0-9]+", "-", payer.lower()).strip("-")


def _says(scope: str, decision: str, count: int) -> str:
    if scope == "advisory":
        text = ngettext("{count} opinion: {decision}", "{count} opinions: {decision}", count)
    else:
        text = ngettext("{count} decision: {decision}", "{count} decisions: {decision}", count)
    return text.format(count=count, decision=_(DECISION_TEXTS[decision]))


def _name(iso3: str, payer: str) -> str:
    """Return how a row is called: the country, and the payer without what stands in brackets."""
    short = payer.split(" (")[0]
    short = short if len(short) <= _LONGEST else short[: _LONGEST - 1].rstrip() + "…"
    return f"{language.country_name(iso3)}, {short}"


def _finding(scope: str, final: pd.DataFrame, payers: list[tuple[str, str]], tally: dict[tuple[str, str], pd.Series]) -> str:
    who, positive, total = _(SCOPE_TEXTS[scope]), int(final["is_positive"].sum()), len(final)
    if not total:
        none = _("{who}: no final opinion is known here") if scope == "advisory" else _("{who}: no final decision is known here")
        return none.format(who=who)
    if not positive:
        text = ngettext("{who}: the one final judgement known here is negative", "{who}: all of {total} final judgements known here are negative", total)
        return text.format(who=who, total=total)
    if scope == "advisory":  # nobody is bound by an opinion: it is no decision
        text = ngettext("{who}: the one final opinion known here is positive", "{who}: {positive} of {total} final opinions are positive", total)
    else:
        text = ngettext("{who}: the one final decision known here is positive", "{who}: {positive} of {total} final decisions are positive", total)
    text = text.format(who=who, positive=positive, total=total)
    most = int(tally[payers[0]].get(False, 0))
    leaders = [payer for payer in payers if tally[payer].get(False, 0) == most]
    if not most or len(leaders) > 1:
        return text
    iso3, payer = leaders[0]
    return text + ngettext(
        "; {payer} ({country}) said no most often, {count} time of {own}", "; {payer} ({country}) said no most often, {count} times of {own}", most
    ).format(payer=payer.split(" (")[0], country=language.country_name(iso3), count=most, own=int(tally[leaders[0]].sum()))


def _hover(dataset: Dataset, iso3: str, payer: str, says: str, group: pd.DataFrame) -> str:
    names = dataset.whole.remember("indication_names", lambda: dataset["indications"].set_index("indication_id")["short_name"].to_dict())
    lines = [f"<b>{language.country_name(iso3)}</b>", f"{payer}: {says}"]
    listed = [
        f"{product_name(dataset, row['product_id'])}, {_(names[row['indication_id']])}: "
        + (language.day(row["decision_date"]) if row["decision_date"] else _("undated"))
        for row in group.sort_values("decision_date").to_dict("records")
    ]
    lines += listed[:_MOST_LINES] + ([_("… and {count} more").format(count=len(listed) - _MOST_LINES)] if len(listed) > _MOST_LINES else [])
    return "<br>".join([*lines, source_line(dataset, tuple(group["fact_id"]))])


def _table(dataset: Dataset, final: pd.DataFrame) -> pd.DataFrame:
    names = dataset["indications"].set_index("indication_id")["name"]
    ordered = final.sort_values(["iso3", "payer", "decision_date", "fact_id"])
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Payer"): row["payer"],
            _("Territory"): row["territory"],
            _("Product"): product_name(dataset, row["product_id"]),
            _("Indication"): _(str(names[row["indication_id"]])),
            _("Decision"): _(DECISION_TEXTS[row["decision"]]),
            _("Date"): row["decision_date"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(rows, index=[stacks.key(row, decision) for row, decision in zip(ordered["row"], ordered["decision"], strict=True)])
