"""Tables of products and of what they are given for."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import FACT_COLUMNS, YES_NO, code, text

PRODUCT_KINDS = ("commercial", "academic", "hospital-exemption", "investigational")

PRODUCTS = Table(
    "products",
    "Products",
    "Every CAR-T product that a fact names. First approvals follow from the table of approvals.",
    (
        Column("product_id", Kind.IDENTIFIER, "Our name for the product: one product, one id."),
        text("inn", "International nonproprietary name."),
        text("brand_names", "Brand names, separated by ';'."),
        text("aliases", "Codes and other names that sources use, separated by ';'."),
        text("developer", "Who developed it."),
        text("marketing_holder", "Who holds the marketing authorisation, or makes it under an exemption."),
        Column("originator_country", Kind.ISO3, "Where it was developed.", required=False, references="countries"),
        text("target_antigen", "Antigen that the receptor binds."),
        code("costimulatory_domain", "Costimulatory domain of the receptor.", ("4-1BB", "CD28", "CD28+4-1BB", "unknown")),
        code("cell_source", "Whose cells it is made of.", ("autologous", "allogeneic", "unknown")),
        code("product_kind", "How it reaches patients.", PRODUCT_KINDS),
        *FACT_COLUMNS,
    ),
    key=("product_id",),
)
DISEASE_GROUPS = ("nhl", "leukaemia", "multiple-myeloma", "other", "unspecified")

INDICATIONS = Table(
    "indications",
    "Indications",
    "Our vocabulary of diseases and lines of treatment; it is a classification, so its rows carry no sources.",
    (
        Column("indication_id", Kind.IDENTIFIER, "Our name for the indication."),
        text("name", "What it is, in words.", required=True),
        text("short_name", "The same for a chart's label.", required=True),
        code("disease_group", "Group of cancers that its incidence is counted under.", DISEASE_GROUPS),
        text("line", "Line of treatment, where the indication says one."),
        code("countable", "Whether it counts as an indication of its own (no for 'not stated').", YES_NO),
    ),
    key=("indication_id",),
    has_facts=False,
)
