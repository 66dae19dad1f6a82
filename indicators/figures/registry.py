"""All figures by their ids, and the reading of a reference to one: its id and, as in an address, its settings.

A reference is ``FIGURE`` or ``FIGURE?name=value&name=value``: ``prices-list?price_in=gdp&countries=BRA&as_of=2024-12-31``.
The names are those of the page's own address, so what an address says can be written behind the id of a figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qs, urlencode

from indicators import scene as scenes
from indicators.dataset import Dataset
from indicators.figures import approvals, care, compare, country, data, hurdles, manufacturing, overview, prices, reimbursement
from indicators.figures.figure import PLAY, TABLE, Drawing, Figure
from indicators.language import _
from indicators.scene import Scene

_PAGES = (overview, approvals, prices, reimbursement, manufacturing, care, country, compare, hurdles, data)
FIGURES: dict[str, Figure] = {figure.id: figure for page in _PAGES for figure in page.FIGURES}

Parameters = Mapping[str, Sequence[str]]


class UnknownFigure(ValueError):
    """A reference names a figure that is not in the catalog, or that can't be drawn at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a reference asks for: a figure, for a scene, in one view; ``parameters`` is how an address says it, defaults left out.

    ``notices`` say in words for a reader what the reference asked for and could not have.
    """

    figure: Figure
    scene: Scene
    view: str
    drawing: Drawing
    parameters: dict[str, list[str]]
    notices: tuple[str, ...]


def near(figure_id: str) -> list[str]:
    """Return the ids of figures that are written almost like a wrong one, the nearest first."""
    return get_close_matches(figure_id, FIGURES, n=3, cutoff=0.4)


def find(figure_id: str) -> Figure:
    """Return a figure by its id; raises UnknownFigure."""
    if figure_id in FIGURES:
        return FIGURES[figure_id]
    alike = near(figure_id)
    hint = _("did you mean {names}?").format(names=", ".join(alike)) if alike else _("`python -m indicators figures` lists them")
    raise UnknownFigure(_("no figure “{name}”: {hint}").format(name=figure_id[:60], hint=hint))


def parse(reference: str) -> tuple[str, dict[str, list[str]]]:
    """Return the figure's id and the parameters of a reference."""
    figure_id, _mark, query = reference.partition("?")
    return figure_id.strip(), parse_qs(query, keep_blank_values=False)


def read(dataset: Dataset, reference: str, **over: Sequence[str]) -> Request:
    """Return what a reference asks for; ``over`` overrides its parameters, ``dataset`` is that of all time.

    An unknown or broken setting falls back to its default with a notice. Raises UnknownFigure.
    """
    figure_id, parameters = parse(reference)
    return request(dataset, find(figure_id), parameters | {name: list(texts) for name, texts in over.items()})


def request(dataset: Dataset, figure: Figure, parameters: Parameters) -> Request:
    """Return what some parameters ask of a figure; see :func:`read`. Raises UnknownFigure where no indicator measures what they ask for."""
    notices: list[str] = []
    values: dict[str, Any] = {}
    common, own = scenes.global_settings(dataset), figure.settings(dataset)
    written: dict[str, list[str]] = {}
    for setting in (*common, *own):
        values[setting.name], bad = setting.read(parameters.get(setting.name, ()))
        written[setting.name] = setting.write(values[setting.name])
        notices += [_("“{name}” can't be {value}; the usual was taken").format(name=setting.name, value=text[:40]) for text in bad]
    scene = scenes.compose(dataset, values, {setting.name: values[setting.name] for setting in own})
    views = figure.views(scene)
    if not views:
        raise UnknownFigure(_("there is nothing to draw of “{figure}” with these settings: no indicator measures it").format(figure=_(figure.title)))
    setting = figure.view_setting(views)
    view, bad = setting.read(parameters.get(figure.name, ()))
    notices += [_("“{name}” has no view {value}; the usual was taken").format(name=figure.name, value=text[:40]) for text in bad]
    written[figure.name] = setting.write(view)
    known = {*values, *figure.place, figure.name}
    notices += [_("“{name}” is no setting of this figure; it was left out").format(name=name[:40]) for name in parameters if name not in known]
    shown = view if view in views else setting.default  # a table shows what the usual view shows
    return Request(figure, scene, view, views[shown], {name: texts for name, texts in written.items() if texts}, tuple(notices))


def reference(figure: Figure, parameters: Parameters) -> str:
    """Return how a reference says a figure with its parameters."""
    return f"{figure.id}?{urlencode(parameters, doseq=True)}" if parameters else figure.id


def references(dataset: Dataset) -> list[str]:
    """Return a reference to every figure of the catalog, in each of its views and variants but those that move."""
    found = []
    for figure in FIGURES.values():
        for variant in figure.variants(dataset):
            asked = request(dataset, figure, {name: [text] for name, text in variant.items()})
            usual = next(iter(views := figure.views(asked.scene)))
            for view in views:
                if view != PLAY:
                    found.append(reference(figure, asked.parameters | ({} if view == usual else {figure.name: [view]})))
    return found


__all__ = ["FIGURES", "TABLE", "Parameters", "Request", "UnknownFigure", "find", "near", "parse", "read", "reference", "references", "request"]
