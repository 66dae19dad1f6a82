"""The scorecard of a country: key indicators of each domain, each on a strip with all its peers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from indicators import catalog, language
from indicators.catalog import DOMAIN_TITLES, Indicator, ValueType, observe
from indicators.charts.chart import Chart, Target
from indicators.charts.country_words import list_price_range
from indicators.charts.template import Style, figure
from indicators.charts.wording import STATUS_TEXTS, category_text, hover, provenance, says, value_text
from indicators.dataset import Dataset
from indicators.known_in_part import facts_in_part
from indicators.language import _, mark, ngettext
from indicators.measures.standing import has_place, lower_is_first, standing
from indicators.observations import BOUND_LABELS, DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

_LEFT = 152  # pixels for an indicator's name and value, the same on a phone as on paper
_LINE = 16  # height of a line of text
_WIDTH_OF_NAME = 22  # letters
_WIDTH_OF_SENTENCE = 54  # letters: what a phone has room for across the whole figure
_HEADING = 34
_WIDE = 50  # values that differ by more than this factor are spaced by their logarithm
_ASIDE = -0.08  # where the mark of a row without a value stands: beside the strip, on no value at all

_RANKS = {
    "highest": (mark("highest of {total}"), mark("tied highest of {total}"), mark("{rank} highest of {total}"), mark("tied {rank} highest of {total}")),
    "lowest": (mark("lowest of {total}"), mark("tied lowest of {total}"), mark("{rank} lowest of {total}"), mark("tied {rank} lowest of {total}")),
    "earliest": (mark("earliest of {total}"), mark("tied earliest of {total}"), mark("{rank} earliest of {total}"), mark("tied {rank} earliest of {total}")),
    "largest": (mark("largest of {total}"), mark("tied largest of {total}"), mark("{rank} largest of {total}"), mark("tied {rank} largest of {total}")),
    "best": (mark("best of {total}"), mark("tied best of {total}"), mark("{rank} best of {total}"), mark("tied {rank} best of {total}")),
}
# The last of several, where it is alone there.
_LAST = {
    "highest": mark("lowest of {total}"),
    "lowest": mark("highest of {total}"),
    "earliest": mark("latest of {total}"),
    "largest": mark("smallest of {total}"),
    "best": mark("last of {total}"),
}
_ORDINALS = {1: mark("{number}st"), 2: mark("{number}nd"), 3: mark("{number}rd")}


def ordinal(number: int) -> str:
    """Return a number as a place in an order: 1st, 2nd, 11th, 23rd."""
    ending = _("{number}th") if number % 100 in (11, 12, 13) else _(_ORDINALS.get(number % 10, "{number}th"))
    return ending.format(number=number)


def rank_text(indicator: Indicator, row: dict) -> str:
    """Return a row of :func:`standing`'s rank in words, ties said as ties, a bound without a rank; how many peers have a value where the country has none."""
    if pd.isna(row["rank"]) and not row["total"]:
        return _("no peer has a value")
    if pd.isna(row["rank"]):
        return ngettext("{count} peer has a value", "{count} peers have a value", row["total"]).format(count=row["total"])
    if row["total"] == 1:
        return _("no peer has a value")
    if row["label"] in BOUND_LABELS:
        return _("a bound, no rank; {count} known").format(count=row["total"])
    word = "highest" if indicator.direction > 0 else "lowest" if indicator.direction < 0 else "largest"
    word = {ValueType.CATEGORY: "best", ValueType.DATE: "earliest"}.get(indicator.value_type, word)
    if row["rank"] == row["total"] and not row["tied"]:
        return _(_LAST[word]).format(total=row["total"])
    template = _RANKS[word][(0 if row["rank"] == 1 else 2) + (1 if row["tied"] else 0)]
    return _(template).format(rank=ordinal(int(row["rank"])), total=row["total"])


def median_text(indicator: Indicator, row: dict) -> str:
    """Return the peers' median in words; of categories the one that most peers share."""
    if pd.isna(row["median"]):
        return ""
    if indicator.value_type is ValueType.CATEGORY:
        return _("most often: {category}").format(category=category_text(indicator, row["most_often"]).lower())
    if indicator.value_type is ValueType.DATE:
        year = int(row["median"])
        return _("median {value}").format(value=language.day(f"{year}-{int((row['median'] - year) * 12) + 1:02d}"))
    value = row["median"]
    # The middle of two counts can lie between them, that of small rates below the first decimal.
    decimals = indicator.decimals if float(value).is_integer() or value >= 100 else 1 if value >= 0.1 else 2
    return _("median {value}").format(value=value_text(replace(indicator, decimals=decimals), value, short=True))


def value_in_words(indicator: Indicator, row: dict) -> str:
    """Return what is known of the country, in words, without the year."""
    if row["status"] == NO_EVIDENCE and row["span"]:
        return _("{price}, a range").format(price=row["span"])
    if row["status"] == NO_EVIDENCE:
        return _("known in part") if row["in_part"] else _(STATUS_TEXTS[NO_EVIDENCE])
    if row["status"] == DOCUMENTED_NONE and indicator.value_type is not ValueType.CATEGORY:
        return _(STATUS_TEXTS[row["status"]])
    return value_text(indicator, row["value"], row["label"], short=abs(row["value"]) >= 100_000)


class Scale:
    """The places of one row's values on its strip: 0 left, 1 right, better to the right where a better is known.

    ``values`` are those of all countries on the strip.
    """

    def __init__(self, indicator: Indicator, values: Sequence[float]) -> None:
        self._low, self._high = min(values, default=0.0), max(values, default=0.0)
        self._is_wide = indicator.value_type is ValueType.NUMBER and self._low > 0 and self._high / self._low > _WIDE
        self._is_turned = lower_is_first(indicator)

    def __call__(self, value: float) -> float:
        """Return the place of a value: 0 at the left, 1 at the right, the middle where all are alike."""
        if self._high == self._low:
            return 0.5
        low, high, here = (math.log(part) if self._is_wide else part for part in (self._low, self._high, value))
        place = (here - low) / (high - low)
        return 1 - place if self._is_turned else place


def placed(dataset: Dataset, indicator: Indicator, iso3: str, members: tuple[str, ...]) -> tuple[Scale, pd.DataFrame]:
    """Return the scale of an indicator's strip, and the observations of the other countries that have a place on it, by value."""
    seen = observe(dataset, indicator.id)
    seen = seen[seen["iso3"].isin(members)]
    known = seen[has_place(indicator, seen)]
    return Scale(indicator, known["value"].tolist()), known[known["iso3"] != iso3].sort_values(["value", "iso3"])


def key_rows(dataset: Dataset, iso3: str, members: tuple[str, ...], domains: tuple[str, ...]) -> list[tuple[Indicator, dict]]:
    """Return the key indicators of some domains, each with its row of :func:`standing`, ``in_part`` and ``span``.

    ``in_part``: whether something is known in part; ``span``: a list price that is known as a range only, in words.
    """
    stand = standing(dataset, iso3, members)
    told = [
        row
        | {
            "in_part": bool(facts_in_part(dataset, row["indicator_id"], iso3)),
            "span": list_price_range(dataset, iso3) if row["indicator_id"] == "median-list-price" else "",
        }
        for row in stand.to_dict("records")
    ]
    return [(catalog.get(row["indicator_id"]), row) for row in told if catalog.get(row["indicator_id"]).domain in domains]


def scorecard(dataset: Dataset, iso3: str, members: tuple[str, ...], group_text: str, domains: tuple[str, ...], style: Style) -> Chart:
    """Return a country's key indicators of some domains beside those of its peers: one row an indicator, a dot a peer.

    ``members`` are the peers and the country; ``group_text`` names them inside a sentence. Each row has the value, its
    rank, and the peers' median. Rows where neither more nor less is better are ranked by size and not judged. Indicators
    of which nothing at all is known are named together below those of their domain; the table has a row for each.
    """
    rows = key_rows(dataset, iso3, members, domains)
    built = figure(style, None, margin={"l": _LEFT, "r": 8, "t": 4, "b": 4}, showlegend=False)
    notes = _Notes()
    dots: dict[str, list] = {"x": [], "y": [], "text": [], "key": []}
    own: list[dict] = []
    targets: dict[str, Target] = {}
    top = 0.0
    facts: list[tuple[str, ...]] = []
    for domain, in_domain in groupby(rows, key=lambda item: item[0].domain):
        _heading(notes, style, top, _(DOMAIN_TITLES[domain]))
        top += _HEADING
        unknown: list[Indicator] = []
        for indicator, row in in_domain:
            seen = observe(dataset, indicator.id)
            facts.append(fact_ids(row["fact_ids"], *seen.loc[seen["iso3"].isin(members), "fact_ids"]))
            own_row = {**row, "iso3": iso3}
            targets[indicator.id] = Target(
                f"{language.country_name(iso3)}: {_(indicator.short_title)}", says(indicator, own_row), row["fact_ids"], indicator.id, iso3
            )
            if row["status"] == NO_EVIDENCE and not row["in_part"]:
                unknown.append(indicator)
                continue
            scale, others = placed(dataset, indicator, iso3, members)
            height = _texts(notes, style, top, indicator, row, scale)
            line = top + 29
            places = [scale(value) for value in others["value"]]
            dots["x"] += places
            dots["y"] += [line + moved for moved in apart(places)]
            dots["text"] += [f"{language.country_name(other['iso3'])}: {says(indicator, other)}" for other in others.to_dict("records")]
            dots["key"] += [f"{indicator.id}.{code}" for code in others["iso3"]]
            targets |= {
                f"{indicator.id}.{other['iso3']}": Target(
                    language.country_name(other["iso3"]), says(indicator, other), other["fact_ids"], indicator.id, other["iso3"]
                )
                for other in others.to_dict("records")
            }
            has_value = pd.notna(row["rank"])
            own.append(
                {
                    "x": scale(row["value"]) if has_value else _ASIDE,
                    "y": line,
                    "key": indicator.id,
                    "hover": f"{hover(dataset, indicator, own_row)}<br>{rank_text(indicator, row)}",
                    "kind": "value" if has_value else row["status"],
                }
            )
            top += height
        top += _unknown(notes, style, top, unknown)
    _marks(built, style, dots, own)
    built.update_layout(height=top + 12, annotations=notes.annotations, shapes=notes.shapes)
    built.update_xaxes(range=[-0.12, 1.03], visible=False)
    built.update_yaxes(range=[top, 0], visible=False)
    title = finding(rows, iso3, group_text)
    return Chart(
        id=f"scorecard-{domains[0]}-{iso3.lower()}",
        title=title,
        subtitle=_("{domains}, beside {group}: value, rank among those with a value, and the median of the others").format(
            domains=", ".join(_(DOMAIN_TITLES[domain]) for domain in DOMAIN_TITLES if domain in domains), group=group_text
        ),
        figure=built,
        alt=title + ". " + " ".join(f"{_(indicator.short_title)}: {value_in_words(indicator, row)}, {rank_text(indicator, row)}." for indicator, row in rows),
        table=_table(dataset, rows),
        fact_ids=fact_ids(*facts),
        caveat=_("Further right is better for patients: a lower price stands further right. Where neither is better (“largest”), it is only more."),
        targets=targets,
    )


class _Notes:
    """Texts and lines of a figure, handed to it all at once: Plotly checks the whole list anew with each one that is added."""

    def __init__(self) -> None:
        self.annotations: list[dict] = []
        self.shapes: list[dict] = []

    def add_annotation(self, **annotation: object) -> None:
        self.annotations.append({"xref": "x", "yref": "y", **annotation})

    def add_shape(self, **shape: object) -> None:
        self.shapes.append({"xref": "x", "yref": "y", **shape})


def _heading(built: _Notes, style: Style, top: float, text: str) -> None:
    built.add_shape(type="line", x0=0, x1=1, xref="paper", y0=top + 5, y1=top + 5, line={"color": style.line, "width": 1})
    shared = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -_LEFT + 2, "showarrow": False}
    built.add_annotation(text=f"<b>{text}</b>", y=top + 20, yanchor="middle", font={"size": 14, "color": style.accent}, **shared)


def _unknown(built: _Notes, style: Style, top: float, indicators: Sequence[Indicator]) -> float:
    """Write one sentence on the indicators of a domain of which nothing is known; return its height."""
    if not indicators:
        return 0
    names = "; ".join(_(indicator.short_title) for indicator in indicators)  # a name can have a comma
    lines = textwrap.wrap(_("No evidence found of: {indicators}.").format(indicators=names), _WIDTH_OF_SENTENCE, break_long_words=False)
    left = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -_LEFT + 2, "yanchor": "top", "align": "left", "showarrow": False}
    built.add_annotation(text="<br>".join(f"<i>{line}</i>" for line in lines), y=top, font={"size": 12.5, "color": style.muted}, **left)
    return len(lines) * _LINE + 16


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH_OF_NAME, break_long_words=False)


def _texts(built: _Notes, style: Style, top: float, indicator: Indicator, row: dict, scale: Scale) -> float:
    """Write a row's name and value at the left, its rank above the strip and the median below; return the row's height."""
    names, values = _wrapped(_(indicator.short_title)), _wrapped(value_in_words(indicator, row))
    year = f" ({int(row['year'])})" if pd.notna(row["year"]) and pd.notna(row["value"]) else ""
    if year:
        values = _wrapped(value_in_words(indicator, row) + year)
    is_known = pd.notna(row["rank"])
    value_lines = [f"<b>{text}</b>" if is_known else f"<i>{text}</i>" for text in values]
    left = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -_LEFT + 2, "yanchor": "top", "align": "left", "showarrow": False}
    built.add_annotation(text="<br>".join(names), y=top, font={"size": 12.5, "color": style.ink}, **left)
    colour = style.ink if is_known else style.muted
    built.add_annotation(text="<br>".join(value_lines), y=top + len(names) * _LINE, font={"size": 12.5, "color": colour}, **left)
    built.add_annotation(text=rank_text(indicator, row), x=0, xanchor="left", y=top, yanchor="top", showarrow=False, font={"size": 11.5, "color": style.ink})
    built.add_shape(type="line", x0=0, x1=1, y0=top + 29, y1=top + 29, line={"color": style.line, "width": 1}, layer="below")
    if pd.notna(row["median"]):
        place = scale(row["median"])
        built.add_shape(type="line", x0=place, x1=place, y0=top + 21, y1=top + 37, line={"color": style.ink, "width": 2})
        anchor = "left" if place < 0.34 else "right" if place > 0.66 else "center"
        font = {"size": 11, "color": style.muted}
        at = {"x": place, "xanchor": anchor, "y": top + 36, "yanchor": "top"}
        built.add_annotation(text=median_text(indicator, row), showarrow=False, font=font, **at)
    return max(60, (len(names) + len(values)) * _LINE + 16)


def apart(places: list[float], near: float = 0.012, step: float = 2.2, most: float = 6.5) -> list[float]:
    """Return how far (pixels) each dot of an ordered strip moves up or down so that many at one place look like many."""
    moved: list[float] = []
    for _number, group in groupby(enumerate(places), key=lambda item: round(item[1] / near)):
        size = len(list(group))
        room = min(step, 2 * most / max(size - 1, 1))
        moved += [(number - (size - 1) / 2) * room for number in range(size)]
    return moved


def _marks(built: go.Figure, style: Style, dots: dict[str, list], own: list[dict]) -> None:
    built.add_trace(
        go.Scatter(
            x=dots["x"],
            y=dots["y"],
            mode="markers",
            marker={"size": 6, "color": style.muted, "opacity": 0.45},
            hovertext=dots["text"],
            customdata=dots["key"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    looks = {
        "value": {"symbol": "circle", "size": 14, "color": style.accent, "line": {"color": style.paper, "width": 2}},
        DOCUMENTED_NONE: {"symbol": "square", "size": 12, "color": style.documented_none, "line": {"color": style.muted, "width": 1}},
        NO_EVIDENCE: {"symbol": "square-open", "size": 11, "color": style.muted, "line": {"color": style.muted, "width": 1.2}},
    }
    for kind, look in looks.items():
        part = [item for item in own if item["kind"] == kind]
        if part:
            built.add_trace(
                go.Scatter(
                    x=[item["x"] for item in part],
                    y=[item["y"] for item in part],
                    mode="markers",
                    marker=look,
                    cliponaxis=False,
                    hovertext=[item["hover"] for item in part],
                    customdata=[item["key"] for item in part],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )


def finding(rows: list[tuple[Indicator, dict]], iso3: str, group_text: str) -> str:
    """Return on how many indicators that have a better and a worse the country is beyond its peers' median, and what is not known."""
    better = compared = 0
    for indicator, row in rows:
        if indicator.direction and pd.notna(row["rank"]) and pd.notna(row["median"]):
            compared += 1
            better += row["value"] < row["median"] if lower_is_first(indicator) else row["value"] > row["median"]
    country = language.in_sentence(iso3)
    unknown = sum(1 for _indicator, row in rows if row["status"] == NO_EVIDENCE)
    if compared:
        text = ngettext(
            "{country} is better placed than the median of {group} on {better} of {count} indicator that can be compared",
            "{country} is better placed than the median of {group} on {better} of {count} indicators that can be compared",
            compared,
        ).format(country=country, group=group_text, better=better or _("none"), count=compared)
        if compared == 1:
            better_one = _("{country} is better placed than the median of {group} on the one indicator that can be compared")
            worse_one = _("{country} is not better placed than the median of {group} on the one indicator that can be compared")
            text = (better_one if better else worse_one).format(country=country, group=group_text)
    else:
        alone = sum(1 for indicator, row in rows if indicator.direction and pd.notna(row["rank"]))
        text = _("{country} has no figure here that can be set beside {group}").format(country=country, group=group_text)
        if alone:
            text = ngettext(
                "{country} has {count} figure here, and none of its peers ({group}) has one to set beside it",
                "{country} has {count} figures here, and none of its peers ({group}) has one to set beside them",
                alone,
            ).format(country=country, count=alone, group=group_text)
    if unknown:
        text += ngettext("; no evidence was found on {count}", "; no evidence was found on {count}", unknown).format(count=unknown)
    return language.capitalised(text)


def _table(dataset: Dataset, rows: list[tuple[Indicator, dict]]) -> pd.DataFrame:
    told = []
    for indicator, row in rows:
        status = _(STATUS_TEXTS[row["status"]])
        if row["status"] == DERIVED:
            status = ngettext("computed from {count} fact", "computed from {count} facts", len(row["fact_ids"])).format(count=len(row["fact_ids"]))
        told.append(
            {
                _("Domain"): _(DOMAIN_TITLES[indicator.domain]),
                _("Indicator"): _(indicator.title),
                _("Value"): value_in_words(indicator, row),
                _("Year"): "" if pd.isna(row["year"]) else str(int(row["year"])),
                _("Status"): status,
                _("Among peers"): rank_text(indicator, row),
                _("Others on the same rank"): row["tied"],
                _("The others"): median_text(indicator, row),
                _("Peers documented as none"): row["nones"],
                **provenance(dataset, row["fact_ids"]),
            }
        )
    return pd.DataFrame(told, index=[indicator.id for indicator, _row in rows])
