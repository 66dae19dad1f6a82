"""The head of a brief: who the country is, the finding, and the key figures."""

from __future__ import annotations

from typing import Any

from indicators import language
from indicators.charts import country_words
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.country_key_figures import key_figures
from indicators.charts.country_words import seen
from indicators.dataset import Dataset
from indicators.export.country_brief.sources import first_source
from indicators.language import _
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from indicators.scene import REGION_TEXTS


def title(iso3: str) -> str:
    """Return the title of a country's brief."""
    return _("CAR-T access in {country}").format(country=language.in_sentence(iso3))


def head(dataset: Dataset, iso3: str) -> dict[str, Any]:
    """Return title, finding, ``identity`` (label, text, source) and ``figures`` (number, text, source, is_known)."""
    figures = [
        {
            "number": figure.number,
            "text": figure.text,
            "source": first_source(dataset, figure.fact_ids),
            "is_known": figure.status not in (NO_EVIDENCE, DOCUMENTED_NONE),
        }
        for figure in key_figures(dataset, iso3)
    ]
    return {"title": title(iso3), "finding": country_words.finding(dataset, iso3), "identity": _identity(dataset, iso3), "figures": figures}


def _identity(dataset: Dataset, iso3: str) -> list[dict[str, str]]:
    country = dataset["countries"].set_index("iso3").loc[iso3]
    population = seen(dataset, "population", iso3)
    people, source = _("no figure found"), ""
    if population["status"] != NO_EVIDENCE:
        people = _("{count} ({year})").format(count=language.number(population["value"]), year=int(population["year"]))
        source = first_source(dataset, population["fact_ids"])
    region = _(REGION_TEXTS.get(country["un_m49_subregion"], country["un_m49_subregion"])) or _(REGION_TEXTS[country["un_m49_region"]])
    clubs = ((_("European Union"), "eu_member"), (_("European Economic Area"), "eea_member"), (_("OECD"), "oecd_member"))
    member = ", ".join(name for name, column in clubs if country[column] == "yes")
    return [
        {"label": _("Region"), "text": region, "source": ""},
        {"label": _("Income group (World Bank)"), "text": _(INCOME_TEXTS[country["wb_income_group"]]), "source": ""},
        {"label": _("Population"), "text": people, "source": source},
        {"label": _("Member of"), "text": member or _("none of EU, EEA and OECD"), "source": ""},
    ]
