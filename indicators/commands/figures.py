"""The command that lists the figures of the catalog."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from indicators.commands import views
from indicators.commands.errors import NothingToDraw
from indicators.dataset import Dataset, load
from indicators.exhibits import exhibit
from indicators.figures import registry
from indicators.figures.figure import TABLE, Figure
from indicators.language import _
from indicators.scene import global_settings
from indicators.settings import OneOf, Setting


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    listing = commands.add_parser("figures", help="list the figures: what each shows, and its settings")
    listing.add_argument("--format", choices=("text", "json"), default="text", help="JSON says the settings, their values and the views too")
    listing.add_argument("--titles", action="store_true", help="draw each, and say what it finds")
    views.add_global_options(listing)
    listing.add_argument("--data", type=Path, metavar="DIR")
    listing.set_defaults(run=_figures)


def _figures(options: argparse.Namespace) -> int:
    dataset = load(options.data)
    over = views.global_parameters(options)
    listed = [_described(dataset, figure, over, options.titles) for figure in registry.FIGURES.values()]
    if options.format == "json":
        print(json.dumps(listed, indent=2, ensure_ascii=False))
        return 0
    width = max(len(item["id"]) for item in listed)
    for item in listed:
        print(f"{item['id']:<{width}}  {item['title']}")
        if options.titles:
            print(f"{'':<{width}}  → {item['finding']}")
    return 0


def _described(dataset: Dataset, figure: Figure, over: registry.Parameters, is_drawn: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": figure.id,
        "title": _(figure.title),
        "page": f"/{figure.page}",
        "view_setting": figure.name,
        "views": [],
        "settings": [_setting(setting) for setting in (*figure.settings(dataset), *global_settings(dataset))],
    }
    try:
        asked = views.asked(dataset, figure.id, over)
    except NothingToDraw as error:
        return told | {"finding": str(error), "measure": ""}
    told["views"] = [*figure.views(asked.scene), TABLE]
    if is_drawn:
        made = exhibit(dataset, registry.reference(figure, asked.parameters))
        told |= {"finding": made.chart.title, "measure": made.chart.subtitle}
    return told


def _setting(setting: Setting) -> dict[str, Any]:
    """Return a setting: ``allowed`` is null where it is not a choice among some codes."""
    return {
        "name": setting.name,
        "default": list(setting.default) if setting.many else setting.default,
        "is_many": setting.many,
        "allowed": list(setting.allowed.options) if isinstance(setting.allowed, OneOf) else None,
    }
