"""The rules of the method in plain words, with what the program itself works by filled in."""

from __future__ import annotations

from datetime import date

from indicators import language
from indicators.audit_report import shelf_lives_text
from indicators.charts.wording import STATUS_TEXTS
from indicators.jurisdictions import UNITED_KINGDOM_TRANSITION_END, eu_members
from indicators.language import _
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED


def rules() -> tuple[tuple[str, str, str], ...]:
    """Return each rule: its anchor, its title, and what it says, in the reader's language."""
    return (
        (
            "status",
            _("What a value's status means"),
            _(
                "Each value is one of four: “{observed}” repeats one fact; “{derived}” is worked out from several, by the formula below; “{none}” means that a source says there is none, which is knowledge; “{missing}” means that we looked and found nothing. The last two never look alike, and neither is drawn as a zero. Shares of people or of products count what is known to be reached, and their figures say so: there, no evidence counts as not reached. Nothing is estimated to fill a gap."
            ).format(
                observed=_(STATUS_TEXTS[OBSERVED]),
                derived=_(STATUS_TEXTS[DERIVED]),
                none=_(STATUS_TEXTS[DOCUMENTED_NONE]),
                missing=_(STATUS_TEXTS[NO_EVIDENCE]),
            ),
        ),
        (
            "preference",
            _("Which of several facts is used"),
            _(
                "Facts that disagree are all kept. Charts use the one with the better grade of source (A over B over C over D); of equal grades the newer source; then the more specific fact, a full date over a year. A curator may choose otherwise by hand, and then says why in a note that begins with “By hand:”."
            ),
        ),
        (
            "grades",
            _("What the grades mean"),
            _(
                "A: a regulator, an agency that assesses medicines, a ministry, a gazette or official statistics. B: a peer-reviewed paper. C: the company or institution on its own doings. D: press and encyclopaedias. A fact has the best grade of its sources. What was read is told apart: the original, a copy, or a transcription by somebody else."
            ),
        ),
        (
            "confidence",
            _("What confidence means"),
            _(
                "High, medium or low is a curator's judgement of one fact, all its sources considered: whether they agree, whether they speak of exactly this, and whether the text itself was read. A fact that rests on transcriptions alone has medium confidence at most."
            ),
        ),
        (
            "as-of",
            _("What “as of” a day means"),
            _(
                "A fact counts from its own date. A date known as a year or month counts from its last day, for by then it had surely happened, but not later than the day on which the fact was last confirmed. A fact without a date counts from the earliest publication of its sources. Population, income, exchange rates and products are no events and are never hidden; an indicator uses the year that fits."
            ),
        ),
        ("shelf-life", _("When a fact is overdue"), shelf_lives_text()),
        (
            "money",
            _("How money is converted"),
            _(
                "The price in local money is the fact. US dollars use the average exchange rate of the price's own year; purchasing power and output per head use the nearest year there is, and say which. List, negotiated, self-pay and hospital prices are never mixed in one average, and bounds, ranges and targets are left out of medians."
            ),
        ),
        (
            "europe",
            _("What a European decision means for a country"),
            _(
                "An authorisation by the European Commission is one fact. It holds in {count} countries: the members of the European Union with Iceland, Liechtenstein and Norway; and in the United Kingdom if it was granted by {day}. It is shown there as a decision for the EU. Nothing else is expanded: a price or a figure for Europe as a whole counts for no country."
            ).format(count=len(eu_members(date.today())), day=language.day(UNITED_KINGDOM_TRANSITION_END)),
        ),
    )
