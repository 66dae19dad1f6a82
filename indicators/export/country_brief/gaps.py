"""What was looked for and not found, by domain."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from indicators.catalog import DOMAIN_TITLES
from indicators.dataset import Dataset
from indicators.known_in_part import facts_in_part
from indicators.language import _, ngettext
from indicators.measures.standing import KEY_INDICATORS, missing


def gaps_part(dataset: Dataset, iso3: str) -> dict[str, Any]:
    """Return the indicators without evidence: title, definition, ``is_key``, and whether something is known in part."""
    unknown = missing(dataset, iso3)
    text = ngettext(
        "On {count} indicator we found no figure for the whole country.",
        "On {count} indicators we found no figure for the whole country.",
        len(unknown),
    ).format(count=len(unknown))
    in_part = _("known in part")
    return {
        "title": _("What we could not find"),
        "lead": text + " " + _("If you know a source, tell us its address: a line in an official list is enough.")
        if unknown
        else _("There is evidence on every indicator of the catalog."),
        "groups": [
            {
                "title": _(DOMAIN_TITLES[domain]),
                "continued": _("{title}, continued").format(title=_(DOMAIN_TITLES[domain])),
                "items": [
                    {
                        "title": _(indicator.title),
                        "definition": _(indicator.definition),
                        "is_key": indicator.id in KEY_INDICATORS,
                        "in_part": in_part if facts_in_part(dataset, indicator.id, iso3) else "",
                    }
                    for indicator in group
                ],
            }
            for domain, group in groupby(unknown, key=lambda indicator: indicator.domain)
        ],
    }
