"""Everything that a brief says, as plain data: the template sets it, and decides by measure what there is room for."""

from __future__ import annotations

from datetime import date
from typing import Any

from indicators import language
from indicators.catalog import Domain, Indicator
from indicators.charts import country_words, price_peers, scorecard
from indicators.charts.country_key_figures import key_figures
from indicators.charts.country_routes import routes
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset
from indicators.exhibits import page_path, without_scheme
from indicators.export.country_brief.access import ladder_part, routes_part
from indicators.export.country_brief.events import timeline_part
from indicators.export.country_brief.gaps import gaps_part
from indicators.export.country_brief.head import head
from indicators.export.country_brief.money import prices_part
from indicators.export.country_brief.peers import scorecard_part
from indicators.export.country_brief.sources import sources
from indicators.language import _
from indicators.licences import LICENCE
from indicators.measures import country_events, profile
from indicators.measures.standing import peer_groups, peers
from indicators.observations import fact_ids

_COLOURS = ("paper", "ink", "muted", "line", "panel", "accent", "no_evidence", "documented_none", "border")


def content(dataset: Dataset, iso3: str, site: str = "") -> dict[str, Any]:
    """Return what a brief says of a country; ``dataset`` is that of the brief's day, ``site`` where the atlas is published."""
    group = peer_groups(dataset, iso3)[0]
    members, group_text = peers(dataset, iso3, group), country_words.peers_text(dataset, iso3, group)
    rows = scorecard.key_rows(dataset, iso3, members, tuple(domain.value for domain in Domain))
    compared = price_peers.compared_lines(dataset, iso3, members)
    day = dataset.today
    address = site + page_path("country", {"country": [iso3], "as_of": [day.isoformat()]})
    parts = {
        "head": head(dataset, iso3),
        "ladder": ladder_part(dataset, iso3),
        "routes": routes_part(dataset, iso3),
        "scorecard": scorecard_part(dataset, iso3, members, group_text, rows),
        "prices": prices_part(dataset, iso3, group_text, compared),
        "timeline": timeline_part(dataset, iso3),
        "gaps": gaps_part(dataset, iso3),
    }
    listed = sources(dataset, _facts(dataset, iso3, rows, compared), _cited(parts))
    return {
        **parts,
        "language": language.current(),
        "sources": listed | {"title": _("Sources"), "copies": _("read in a copy or a transcription, not in the original")},
        "colours": {name: getattr(LIGHT, name) for name in _COLOURS},
        "address": {"url": address if site else "", "text": without_scheme(address)},
        "document": _document(dataset, parts["head"]["title"], iso3),
        "words": _words(dataset, day, parts["head"]["title"], without_scheme(address)),
    }


def _document(dataset: Dataset, title: str, iso3: str) -> dict[str, Any]:
    """Return what the file says of itself, apart from its pages."""
    about = _("Country brief of the CAR-T Access Atlas, data {version}, as of {day}").format(version=dataset.version, day=language.day(dataset.today))
    return {
        "title": title,
        "author": "CAR-T Access Atlas",
        "description": about,
        "keywords": [_("CAR-T cell therapy"), _("access to medicines"), _("health policy"), language.country_name(iso3)],
    }


def _words(dataset: Dataset, day: date, title: str, address: str) -> dict[str, str]:
    dated = language.day(day)
    return {
        "atlas": "CAR-T Access Atlas",
        "kind": _("Country brief"),
        "as_of": _("As of {day}").format(day=dated),
        "version": _("Data {version}").format(version=dataset.version),
        "key_figures": _("Key figures"),
        "read": _("How to read it"),
        "no_evidence": _(
            "No evidence found means that we looked and found nothing. It does not mean that there is none: where a source says so, we write “none, documented”."
        )
        + " "
        + _("A small number names the first of a statement's sources."),
        "cite": _("How to cite"),
        "citation": _("CAR-T Access Atlas ({year}). {title}. Data version {version}, as of {day}. {address}").format(
            year=day.year, title=title, version=dataset.version, day=dated, address=address
        ),
        "licence": _("Licence"),
        "licence_text": _("{licence}. What the sources published stays under their own terms.").format(licence=LICENCE),
        "page": _("Whole page, with every fact and source"),
        "footer": f"CAR-T Access Atlas · {title} · {LICENCE}",
    }


def _cited(parts: dict[str, Any]) -> list[str]:
    """Return the sources that the brief's statements name, in the order of the pages."""
    named = [item["source"] for item in (*parts["head"]["identity"], *parts["head"]["figures"], *parts["routes"]["items"])]
    named += [row["source"] for column in parts["scorecard"]["columns"] for domain in column["domains"] for row in domain["rows"]]
    named += [item["source"] for item in (*parts["prices"]["lines"], *parts["timeline"]["events"])]
    return list(dict.fromkeys(named))


def _facts(dataset: Dataset, iso3: str, rows: list[tuple[Indicator, dict]], compared: list[dict]) -> tuple[str, ...]:
    """Return the facts behind what the brief says of the country itself; its peers' stand on the country's page."""
    return fact_ids(
        *(figure.fact_ids for figure in key_figures(dataset, iso3)),
        *profile.ladder(dataset, iso3)["fact_ids"],
        *(route.fact_ids for route in routes(dataset, iso3)),
        *(row["fact_ids"] for _indicator, row in rows),
        *((line["own"]["fact_id"],) for line in compared),
        *country_events.country_events(dataset, iso3)["fact_ids"],
    )
