"""Groups of countries that people compare by, and the short names under which people look for a country."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.dataset import Dataset
from indicators.language import mark


@dataclass(frozen=True, slots=True)
class Group:
    """A group of countries: its code in addresses, its title (to be translated), and where its members stand.

    ``column`` and ``value`` name a column of the table of countries and what its members say there; an empty column
    means the table of groups, where ``value`` is the group's id.
    """

    code: str
    title: str
    column: str
    value: str


GROUPS: dict[str, Group] = {
    group.code: group
    for group in (
        Group("EU", mark("European Union (members)"), "eu_member", "yes"),
        Group("EEA", mark("European Economic Area"), "eea_member", "yes"),
        Group("OECD", mark("OECD"), "oecd_member", "yes"),
        Group("G20", mark("G20 (countries)"), "", "g20"),
        Group("BRICS", mark("BRICS"), "", "brics"),
        Group("LDC", mark("Least developed countries"), "", "ldc"),
        Group("HIC", mark("High income"), "wb_income_group", "HIC"),
        Group("UMC", mark("Upper middle income"), "wb_income_group", "UMC"),
        Group("LMC", mark("Lower middle income"), "wb_income_group", "LMC"),
        Group("LIC", mark("Low income"), "wb_income_group", "LIC"),
        Group("WHO-AFR", mark("WHO African Region"), "who_region", "AFR"),
        Group("WHO-AMR", mark("WHO Region of the Americas"), "who_region", "AMR"),
        Group("WHO-EMR", mark("WHO Eastern Mediterranean Region"), "who_region", "EMR"),
        Group("WHO-EUR", mark("WHO European Region"), "who_region", "EUR"),
        Group("WHO-SEAR", mark("WHO South-East Asia Region"), "who_region", "SEAR"),
        Group("WHO-WPR", mark("WHO Western Pacific Region"), "who_region", "WPR"),
        Group("UN-AFRICA", mark("Africa (UN region)"), "un_m49_region", "Africa"),
        Group("UN-AMERICAS", mark("Americas (UN region)"), "un_m49_region", "Americas"),
        Group("UN-ASIA", mark("Asia (UN region)"), "un_m49_region", "Asia"),
        Group("UN-EUROPE", mark("Europe (UN region)"), "un_m49_region", "Europe"),
        Group("UN-OCEANIA", mark("Oceania (UN region)"), "un_m49_region", "Oceania"),
    )
}

# What people type who do not type the name that the atlas shows.
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    "ARE": ("UAE", "Emirates"),
    "BIH": ("Bosnia",),
    "BOL": ("Bolivia",),
    "CAF": ("CAR",),
    "CIV": ("Ivory Coast",),
    "COD": ("DRC", "DR Congo", "Zaire"),
    "COG": ("Congo",),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "GBR": ("UK", "Britain"),
    "HKG": ("Hong Kong",),
    "IRN": ("Iran",),
    "KOR": ("ROK", "Korea"),
    "LAO": ("Laos",),
    "MKD": ("Macedonia",),
    "MMR": ("Burma",),
    "NLD": ("Holland",),
    "PNG": ("PNG",),
    "PRK": ("DPRK",),
    "PSE": ("Palestine",),
    "RUS": ("Russia",),
    "SAU": ("KSA",),
    "SWZ": ("Swaziland",),
    "SYR": ("Syria",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey",),
    "TWN": ("Chinese Taipei",),
    "TZA": ("Tanzania",),
    "USA": ("US", "America"),
    "VEN": ("Venezuela",),
    "VNM": ("Viet Nam",),
    "ZAF": ("RSA",),
}


# Found first by the short form, which begins like another country's name: UK and Ukraine, US and Uzbekistan.
KNOWN_BY_SHORT_FORM = frozenset({"ARE", "GBR", "USA"})


def members(dataset: Dataset, code: str) -> tuple[str, ...]:
    """Return the ISO 3166-1 alpha-3 codes of a group's members, as of today's lists. Raises KeyError for an unknown group."""
    group = GROUPS[code]
    if not group.column:
        table = dataset["country_groups"]
        return tuple(table.loc[table["group_id"] == group.value, "iso3"])
    countries = dataset["countries"]
    return tuple(countries.loc[countries[group.column] == group.value, "iso3"])


def resolve(dataset: Dataset, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return countries and groups as countries, each once, in the order given. Raises KeyError for an unknown code."""
    countries = set(dataset["countries"]["iso3"])
    return tuple(dict.fromkeys(iso3 for code in codes for iso3 in ((code,) if code in countries else members(dataset, code))))


def place_code(dataset: Dataset, text: str) -> str:
    """Return the code of a country or group that a text means: a code in any case, ISO alpha-2, or a short form.

    Raises ValueError when it means none.
    """

    def gather() -> dict[str, str]:
        countries = dataset["countries"]
        known = {form.casefold(): iso3 for iso3, forms in SHORT_FORMS.items() for form in forms}
        known |= {iso2.casefold(): iso3 for iso2, iso3 in zip(countries["iso2"], countries["iso3"], strict=True)}
        known |= {code.casefold(): code for code in GROUPS} | {iso3.casefold(): iso3 for iso3 in countries["iso3"]}
        present = {*countries["iso3"], *GROUPS}
        return {form: code for form, code in known.items() if code in present}

    known = dataset.remember("place_codes", gather)
    try:
        return known[text.casefold()]
    except KeyError:
        raise ValueError(text) from None
