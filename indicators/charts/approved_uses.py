"""What CAR-T is authorised for: indications by jurisdiction, with the number of products or the first year in each square."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts import squares
from indicators.charts.chart import Chart, Target, legend_of
from indicators.charts.matrices import PATHWAY_TEXTS, product_name
from indicators.charts.template import Style
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, mark, ngettext
from indicators.measures import approvals

IN_SQUARE_TEXTS = {"products": mark("Number of products"), "year": mark("First year")}
_SEVERAL = 3  # from this number of products on, squares are of one colour


def indication_matrix(dataset: Dataset, countries: tuple[str, ...], in_square: str, style: Style) -> Chart:
    """Return indications by jurisdiction; the square's colour is the number of products authorised for the indication.

    ``in_square`` is one of IN_SQUARE_TEXTS: what is written in the squares.
    """
    granted = approvals.granted_by_jurisdiction(dataset)
    granted = granted[granted["jurisdiction"].isin(approvals.seen_in(dataset, countries))]
    vocabulary = dataset["indications"].set_index("indication_id")
    cells = [_cell(str(place), str(use), group) for (place, use), group in granted.groupby(["jurisdiction", "indication_id"])]
    widely = granted.groupby("indication_id")["jurisdiction"].nunique()
    uses = sorted(widely.index, key=lambda use: (vocabulary.at[use, "countable"] == "no", -widely[use], use))
    score = {
        place: sum(1 for cell in cells if cell["place"] == place and vocabulary.at[cell["use"], "countable"] == "yes") for place in {*granted["jurisdiction"]}
    }
    places = sorted(score, key=lambda place: (-score[place], language.country_name(place)))
    names = {use: _(str(vocabulary.at[use, "short_name"])) for use in uses}
    # Two indications may share their short name in a dataset of one's own: columns are told apart by it.
    built = squares.grid(style, [names[use] for use in uses], [language.country_name(place) for place in places])
    for code, text, colour in _classes(style):
        own = [cell for cell in cells if cell["class"] == code]
        if own:
            built.add_trace(
                squares.squares(
                    style,
                    x=[names[cell["use"]] for cell in own],
                    y=[language.country_name(cell["place"]) for cell in own],
                    colour=colour,
                    text=[_in_square(cell, in_square) for cell in own],
                    hovers=[_hover(dataset, cell, names[cell["use"]]) for cell in own],
                    keys=[cell["key"] for cell in own],
                    name=text,
                )
            )
    title = _finding(widely[[vocabulary.at[use, "countable"] == "yes" for use in widely.index]], names, len(places))
    subtitle = {
        "products": _("Indications by jurisdiction; in each square the number of products authorised for it"),
        "year": _("Indications by jurisdiction; in each square the year of the first authorisation for it, where it is known"),
    }[in_square]
    return Chart(
        id=f"approved-uses-{in_square}",
        title=title,
        subtitle=subtitle,
        figure=built,
        alt=title + ".",
        table=_table(dataset, granted),
        fact_ids=tuple(granted["fact_id"]),
        caveat=" ".join(
            text
            for text in (
                _("Columns at the right end hold authorisations whose disease or line of treatment no source states closely enough."),
                _("An authorisation of the European Union is one row here and holds in {count} countries.").format(count=len(eu_members(dataset.today)))
                if EU in places
                else "",
            )
            if text
        ),
        minimum_width=squares.least_width(uses),
        legend=legend_of(built),
        is_empty=not cells,
        targets={
            cell["key"]: Target(
                f"{names[cell['use']]}, {language.country_name(cell['place'])}", _says(cell), tuple(cell["facts"]["fact_id"]), place=cell["place"]
            )
            for cell in cells
        },
    )


def _cell(place: str, use: str, group: pd.DataFrame) -> dict:
    dates = sorted(text for text in group["approval_date"] if text)
    count = approvals.count_distinct(group["product_id"])
    only_exempt = (group["pathway"] == "hospital-exemption").all()
    kind = "hospital-exemption" if only_exempt else str(min(count, _SEVERAL))
    facts = group.sort_values("approval_date")
    return {"place": place, "use": use, "key": f"{place}.{use}", "count": count, "year": dates[0][:4] if dates else "", "class": kind, "facts": facts}


def _classes(style: Style) -> list[tuple[str, str, str]]:
    return [
        ("1", _("one product"), style.sequential[1]),
        ("2", _("two products"), style.sequential[2]),
        ("3", _("three products or more"), style.sequential[4]),
        ("hospital-exemption", _("under a hospital exemption only"), style.approval["hospital-exemption"]),
    ]


def _in_square(cell: dict, in_square: str) -> str:
    if in_square == "year":
        return f"’{cell['year'][2:]}" if cell["year"] else ""
    return str(cell["count"])


def _says(cell: dict) -> str:
    text = ngettext("{count} product", "{count} products", cell["count"]).format(count=cell["count"])
    return text + (_(", the first in {year}").format(year=cell["year"]) if cell["year"] else "")


def _finding(widely: pd.Series, names: dict[str, str], total: int) -> str:
    if widely.empty:
        return _("No authorised indication is stated here") if total else _("No authorisation is known here")
    count, most = len(widely), int(widely.max())
    leaders = [names[str(use)] for use in widely.index[widely == most]]
    if total == 1:
        return ngettext("CAR-T is authorised for {count} indication here", "CAR-T is authorised for {count} indications here", count).format(count=count)
    text = ngettext("CAR-T is authorised for {count} indication", "CAR-T is authorised for {count} indications", count).format(count=count)
    if count == 1:
        return text + _(", {indication}, in {places} of {total} jurisdictions").format(indication=leaders[0], places=most, total=total)
    if len(leaders) > 1:
        return text + _("; {leaders} of them are authorised most widely, in {places} of {total} jurisdictions each").format(
            leaders=len(leaders), places=most, total=total
        )
    return text + _("; most widely for {indication}, in {places} of {total} jurisdictions").format(indication=leaders[0], places=most, total=total)


def _hover(dataset: Dataset, cell: dict, use: str) -> str:
    lines = [f"<b>{language.country_name(cell['place'])}</b>", f"{use}: {_says(cell)}"]
    for row in cell["facts"].to_dict("records"):
        day = language.day(row["approval_date"]) if row["approval_date"] else _("undated")
        lines.append(f"{product_name(dataset, row['product_id'])}: {day}, {_(PATHWAY_TEXTS[row['pathway']])}")
    return "<br>".join([*lines[:14], source_line(dataset, tuple(cell["facts"]["fact_id"]))])


def _table(dataset: Dataset, granted: pd.DataFrame) -> pd.DataFrame:
    names = dataset["indications"].set_index("indication_id")["name"]
    ordered = granted.sort_values(["jurisdiction", "indication_id", "approval_date", "fact_id"])
    rows = [
        {
            _("Jurisdiction"): language.country_name(row["jurisdiction"]),
            _("Code"): row["jurisdiction"],
            _("Indication"): _(str(names[row["indication_id"]])),
            _("Product"): product_name(dataset, row["product_id"]),
            _("As the source words it"): row["indication_text"],
            _("Kind"): _(PATHWAY_TEXTS[row["pathway"]]),
            _("Date"): row["approval_date"],
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(rows, index=(ordered["jurisdiction"] + "." + ordered["indication_id"]).tolist())
