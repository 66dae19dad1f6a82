"""How patients get treated in a country: the routes with whether they are open, in words, each with its facts."""

from __future__ import annotations

from dataclasses import dataclass

from indicators import language
from indicators.charts.country_words import TREATMENT, seen
from indicators.dataset import Dataset
from indicators.fact_texts import AVAILABLE_TEXTS, ROUTE_TEXTS
from indicators.known_in_part import facts_in_part
from indicators.language import _, ngettext
from indicators.observations import NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Route:
    """A way to treatment: its name, whether and since when it is open, what must be known of it, and the facts behind it."""

    name: str
    state: str
    note: str
    fact_ids: tuple[str, ...]


def routes(dataset: Dataset, iso3: str) -> list[Route]:
    """Return the routes to treatment of which something is known, authorised products first."""
    approved = seen(dataset, "products-approved", iso3)
    frame = dataset["availability"]
    own = frame[(frame["iso3"] == iso3) & (frame["preferred"] == "yes")]
    found = []
    if approved["value"] > 0 and not (own["route"] == "marketing-authorisation").any():
        text = ngettext(
            "{count} product is authorised or under a hospital exemption",
            "{count} products are authorised or under a hospital exemption",
            int(approved["value"]),
        )
        name = language.capitalised(_(ROUTE_TEXTS["marketing-authorisation"]))
        found.append(Route(name, text.format(count=int(approved["value"])), "", tuple(approved["fact_ids"])))
    order = {route: number for number, route in enumerate(ROUTE_TEXTS)}
    for row in own.assign(order=own["route"].map(order)).sort_values("order").to_dict("records"):
        state = "" if row["route"] == "none" else _(AVAILABLE_TEXTS[row["available"]])
        since = _("since {year}").format(year=row["first_year"]) if row["first_year"] else ""
        name = language.capitalised(_(ROUTE_TEXTS[row["route"]]))
        found.append(Route(name, ", ".join(part for part in (state, since) if part), row["note"], (row["fact_id"],)))
    return found


def nothing_found(dataset: Dataset, iso3: str) -> str:
    """Return what must be said where no route is known: that nothing was found, and whether counts speak of a part of the country."""
    text = _("We looked for trials, named-patient programmes, hospital exemptions and travel abroad, and found no evidence of any.")
    if not any(facts_in_part(dataset, indicator_id, iso3) for indicator_id in TREATMENT):
        return text
    return text + " " + _("Counts of patients or centres cover a part only, such as a survey: they stand below, and are neither a yes nor a no.")


def approval_caveat(dataset: Dataset, iso3: str) -> str:
    """Return what must be said where no product is known to be approved, "" where one is."""
    approved = seen(dataset, "products-approved", iso3)
    if approved["value"] > 0:
        return ""
    if approved["status"] == NO_EVIDENCE and seen(dataset, "route-to-treatment", iso3)["label"] == "marketing-authorisation":
        return _("No approval of the place's own was found here: patients get what another jurisdiction authorised.")
    if approved["status"] == NO_EVIDENCE:
        return _("No approval was found here; that is not to say that there is none.")
    return _("Sources document that no product is approved here.")
