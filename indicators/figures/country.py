"""The figures of a country's page: its ladder, its place among its peers, its time line, its prices."""

from __future__ import annotations

from collections.abc import Mapping

from indicators import language
from indicators.catalog import Domain
from indicators.charts import country_timeline, country_words, ladder, price_peers, scorecard
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Drawing, Figure, drawing
from indicators.language import _, mark
from indicators.measures.standing import PEER_GROUPS, peer_groups, peers
from indicators.scene import Scene
from indicators.settings import Setting, one_of

DEFAULT = "DEU"  # rich evidence in every table
# Two figures, each of which fits on a sheet of paper.
ACCESS_DOMAINS = (Domain.APPROVALS.value, Domain.PRICES.value, Domain.REIMBURSEMENT.value)
SETTING_DOMAINS = (Domain.MANUFACTURING.value, Domain.CARE.value, Domain.NEED.value, Domain.CONTEXT.value)


def codes(dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of all countries in the order of their names."""
    return dataset.whole.remember(("countries_by_name", language.current()), lambda: tuple(sorted(dataset["countries"]["iso3"], key=language.country_name)))


def country_setting(dataset: Dataset, default: str = DEFAULT) -> Setting:
    """Return the setting of the country that the page is about."""
    return Setting("country", default, one_of(codes(dataset)))


def peers_setting(dataset: Dataset, iso3: str) -> Setting:
    """Return the setting of a country's peers; not every country belongs to an income group."""
    groups = peer_groups(dataset, iso3)
    return Setting("peers", groups[0], one_of(groups))


def _settings(dataset: Dataset) -> tuple[Setting, ...]:
    return country_setting(dataset), Setting("peers", PEER_GROUPS[0], one_of(PEER_GROUPS))


def _country_alone(dataset: Dataset) -> tuple[Setting, ...]:
    return (country_setting(dataset),)


def peers_of(scene: Scene) -> tuple[tuple[str, ...], str]:
    """Return the peers of a scene's country, and who they are in words."""
    iso3, wanted = scene.choice["country"], scene.choice["peers"]
    groups = peer_groups(scene.whole, iso3)
    group = wanted if wanted in groups else groups[0]
    return peers(scene.whole, iso3, group), country_words.peers_text(scene.whole, iso3, group)


def _scorecard(scene: Scene, domains: tuple[str, ...]) -> Mapping[str, Drawing]:
    members, group_text = peers_of(scene)
    return {"chart": drawing(scorecard.scorecard, scene.dataset, scene.choice["country"], members, group_text, domains)}


def _access_caption(scene: Scene, _style: Style) -> str:
    members, group_text = peers_of(scene)
    return _(
        "Each grey dot is one of {count} {group}, the large dot is this country, the upright line the median of the others. Further right is better for patients. "
        "A square beside the strip has no place on it: hollow, something is known in part; filled, a source documents that there is none."
    ).format(count=len(members), group=group_text)


LADDER = Figure(
    "country",
    "ladder",
    mark("How far each product has come in a country"),
    lambda scene: {"chart": drawing(ladder.ladder, scene.dataset, scene.choice["country"])},
    lambda _scene, _style: _(
        "A row is a product, a column a step towards patients; steps are not nested. A small square means that we looked and found nothing. Covered is what public money pays for."
    ),
    settings=_country_alone,
)
ACCESS = Figure(
    "country",
    "access",
    mark("A country among its peers: approvals, prices, reimbursement"),
    lambda scene: _scorecard(scene, ACCESS_DOMAINS),
    _access_caption,
    settings=_settings,
)
SETTING = Figure(
    "country",
    "setting",
    mark("A country among its peers: manufacturing, care, need, context"),
    lambda scene: _scorecard(scene, SETTING_DOMAINS),
    lambda _scene, _style: _(
        "Read like the figure before it. Where neither more nor less is better (“largest”), further right is only more. Values that differ very much are spaced by their logarithm."
    ),
    settings=_settings,
)
TIMELINE = Figure(
    "country",
    "timeline",
    mark("What happened when in a country"),
    lambda scene: {"chart": drawing(country_timeline.country_timeline, scene.dataset, scene.choice["country"])},
    lambda _scene, _style: _(
        "The newest event stands first, evenly spaced: the distance between two says nothing about the time between them. Dates that are only an article's are left out."
    ),
    settings=_country_alone,
)
PRICES = Figure(
    "country",
    "prices",
    mark("A country's prices beside its peers"),
    lambda scene: {"chart": drawing(price_peers.prices_against_peers, scene.dataset, scene.choice["country"], *peers_of(scene))},
    lambda _scene, _style: _(
        "Diamonds are this country's prices; triangles point to where a bound leaves room, open diamonds are targets, a bar is a range. Grey dots are the same product in peer countries."
    ),
    settings=_settings,
)
FIGURES = (LADDER, ACCESS, SETTING, TIMELINE, PRICES)
