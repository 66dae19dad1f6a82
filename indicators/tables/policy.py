"""Tables of what happened, what stands in the way, and what is proposed."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import FACT_COLUMNS, code, day, place, text

POLICY_EVENTS = Table(
    "policy_events",
    "Policy events",
    "Dated milestones that changed who gets CAR-T.",
    (
        Column("date", Kind.PARTIAL_DATE, "When it happened."),
        place(),
        code("theme", "What it is about.", ("regulation", "payment", "price", "manufacturing", "care-delivery", "equity")),
        text("title", "The event in a line.", required=True),
        text("detail", "What it means."),
        *FACT_COLUMNS,
    ),
    key=("date", "jurisdiction", "fact_id"),
    dates=("date",),
)
STEPS = ("referral", "payment", "centre", "collection", "manufacture", "infusion", "system")

HURDLES = Table(
    "hurdles",
    "Hurdles",
    "What stands between a patient and CAR-T, in the order of the patient's way, with what the literature says of it and the indicators that measure it.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "Our name for the hurdle."),
        Column("position", Kind.INTEGER, "Place on the patient's way.", minimum=1),
        code("step", "Step of the patient's way.", STEPS),
        text("title", "The hurdle in a few words.", required=True),
        text("question", "What a reader would ask about it.", required=True),
        text("literature", "What the literature says, in our own words.", required=True),
        Column("indicator_ids", Kind.IDENTIFIERS, "Indicators of the catalog that measure it, the best first; empty where none does.", required=False),
        *FACT_COLUMNS,
    ),
    key=("hurdle_id",),
)

HURDLE_FINDINGS = Table(
    "hurdle_findings",
    "Findings on hurdles",
    "Single findings of studies and reports on a hurdle, one figure or statement a line.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "The hurdle.", references="hurdles"),
        place(),
        text("finding", "What was found, in our own words, with its figure.", required=True),
        day("reference_date", "Year or date that it speaks of."),
        *FACT_COLUMNS,
    ),
    key=("hurdle_id", "jurisdiction", "fact_id"),
    dates=("reference_date",),
)

HURDLE_LEVERS = Table(
    "hurdle_levers",
    "Policy levers",
    "What was tried against a hurdle, where and when, and what came of it.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "The hurdle.", references="hurdles"),
        text("lever", "The lever in a few words.", required=True),
        place(),
        day("date", "When it began, or when it was announced."),
        text("what_was_done", "What was done, in our own words.", required=True),
        text("what_happened", "What came of it; empty where no source tells."),
        text("event_ids", "Policy events that belong to it, by fact_id, separated by ';'."),
        *FACT_COLUMNS,
    ),
    key=("hurdle_id", "jurisdiction", "fact_id"),
    dates=("date",),
)
PROPOSAL_IDS = ("point-of-care-manufacture", "hospital-exemption", "outcome-based-payment", "shared-review", "regional-hub", "allogeneic-product")

PROPOSALS = Table(
    "proposals",
    "Proposals and where they were tried",
    "Countries and jurisdictions that have, use or take part in what is proposed to widen access, as far as the other tables do not say it.",
    (
        code("proposal_id", "The proposal.", PROPOSAL_IDS),
        place(),
        code("state", "Whether it is in use, agreed or planned, or was ended.", ("in-use", "planned", "ended")),
        day("since", "Since when, or when it was agreed."),
        text("what", "What there is, in our own words.", required=True),
        *FACT_COLUMNS,
    ),
    key=("proposal_id", "jurisdiction", "fact_id"),
    dates=("since",),
)
