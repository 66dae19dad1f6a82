"""The decks that come with the atlas. Their figures are live: what a title says is computed from the data on the day of the talk.

Notes therefore name no numbers. They say what to point at, and what must not be concluded. Every figure is one that can
be read from the last row: a map, a line, a few dozen marks, or a choice of countries that keeps rows few.
"""

from __future__ import annotations

from indicators.decks.model import Deck, DeckSlide
from indicators.language import _, mark

_PEERS = "countries=USA&countries=DEU&countries=GBR&countries=JPN&countries=AUS&countries=CHN&countries=BRA&countries=IND"
_NOT_HIGH = "income=LIC&income=LMC&income=UMC"

TEN_CHARTS = Deck(
    "ten-charts",
    mark("CAR-T access in ten charts"),
    (
        DeckSlide(
            "overview-world",
            mark(
                "Start with where a product is authorised at all. Let people find their own country first; type its name to make it stand out.\n\nCounted are marketing authorisations and hospital exemptions, which let one hospital or institute make a product for its patients. Neither is a treatment that somebody gets. Light grey means that we looked and found nothing; it is not a no. Tan means that a source documents that there is none. Most of Europe has one colour because one decision holds for the whole European Union."
            ),
        ),
        DeckSlide(
            "approvals-cumulative",
            mark(
                "The same world over time, by income group. The step upwards is the day of the first European decision, which counts for every member at once.\n\nPoint at the distance between the lines, not at their slope: nothing here says that the lower lines will follow."
            ),
        ),
        DeckSlide(
            f"prices-list?{_PEERS}",
            mark(
                "What is published as the price, product by product, in eight countries that we chose. Dots of one country are joined so that the spread is seen.\n\nMost are list prices, on which discounts are common and confidential. The amounts of Germany are public tariffs below the price at launch, read as what was negotiated; those of Japan are tariffs too. So nobody can say from this who pays most. Prices of different years stand side by side; point at a dot for its year and kind."
            ),
        ),
        DeckSlide(
            "prices-against-income",
            mark(
                "Now the price beside what one person in the country produces in a year. Countries on one dotted line carry the same weight; to the upper left it grows.\n\nThe dots are too few, and their prices too mixed in year and kind, for a trend. And few people pay the list price themselves: the picture is about what a health system is asked to carry, not about a household."
            ),
        ),
        DeckSlide(
            "prices-academic",
            mark(
                "Hospitals and universities make CAR-T too. Diamonds are what they say it costs or will cost; bars are the list prices of companies in the same country.\n\nDo not read the gap as a saving. A cost of making leaves out what a price covers, such as development and liability, and open diamonds are plans that nobody has met yet."
            ),
        ),
        DeckSlide(
            "reimbursement-rate?rate=map",
            mark(
                "Authorised is not paid for. The colour is the share of a country's authorised products that public money covers.\n\nA country with one product, covered, looks as good as one with seven. And the grey is large: for most countries no decision was found, which may mean that none was made or that none was published."
            ),
        ),
        DeckSlide(
            "reimbursement-delay?delay=ranking",
            mark(
                "How long from the authorisation to the day on which public money pays. A bar is the median over the products of a country, and for some countries it rests on one product.\n\nOnly products with both dates known are here: those still waited for are in no bar, nor are countries for which we found no date. A short bar does not say how many patients are paid for, nor why it was quick."
            ),
        ),
        DeckSlide(
            "manufacturing-distance",
            mark(
                "Cells travel to a plant and back. This is how far the nearest one that operates is from each capital, as the crow flies.\n\nThe nearest plant need not serve the country: it may make the product of one company, or cells for one hospital or for trials. Read it as the shape of the map, not as a route."
            ),
        ),
        DeckSlide(
            "care-rates",
            mark(
                "How many people are treated, for each ten million, where transplant teams report to the European registry.\n\nIt covers Europe and its neighbours only, and counts depend on who reports. The newest year stands apart, without lines: its survey counts first treatments only. Where it is lower than the year before, the drop may be no more than that changed method. The small triangles low down are lower bounds."
            ),
        ),
        DeckSlide(
            "overview-cascade",
            mark(
                "End with where access breaks off. Each line is a step on the way to a patient, each dot an income group, the bar everyone.\n\nThe steps are not nested: a hospital can make CAR-T where nothing is authorised. People live where something exists; that does not mean that they get it. Where nothing was found it counts as not reached, so every share is a floor."
            ),
        ),
    ),
)
PRICES = Deck(
    "prices",
    mark("Prices"),
    (
        DeckSlide(
            f"prices-list?{_PEERS}",
            mark(
                "Begin with what is published as the price, in eight countries that we chose. Let the room look at the spread within one country before comparing countries.\n\nEach price is of its own year, at that year's rate of exchange. What is truly paid is often lower by discounts that are confidential; where a public tariff has been negotiated, as the German amounts are read, part of that is in the dot already. List prices and such tariffs are not the same thing."
            ),
        ),
        DeckSlide(
            f"prices-list?price_in=gdp&{_PEERS}",
            mark(
                "The same dots, measured in years of what one person produces. Let the room find the countries that have changed their place: India and China move up, the United States moves down, Brazil stays where it was.\n\nA multiple of income is a weight, not a verdict on whether a price is fair. It says nothing of how many patients there are, and so nothing of the whole bill."
            ),
        ),
        DeckSlide(
            "prices-against-income",
            mark(
                "Both measures in one picture: to the right richer, upwards dearer. Along a dotted line the weight is equal.\n\nIf prices followed income the dots would lie along such a line. Do not draw a trend through so few of them."
            ),
        ),
        DeckSlide(
            "prices-history?product=axi-cel&product=tisa-cel&product=liso-cel&countries=USA&countries=GBR&countries=JPN&countries=DEU",
            mark(
                "Prices over time. Follow one line: a step is a new list price.\n\nOutside the United States part of each movement is the exchange rate; the atlas has the local prices. A flat line may also mean that nobody published a newer price."
            ),
        ),
        DeckSlide(
            "prices-kinds?kind=negotiated",
            mark(
                "This is all that we found of negotiated prices outside published tariffs. Leave it on the screen for a moment and say nothing.\n\nGerman and French amounts are in this atlas too, but among the list prices: they are public tariffs, and we read them as negotiated. For the other countries the figure does not say that they pay the list price. It says that we found no account of what they pay."
            ),
        ),
        DeckSlide(
            f"reimbursement-agreements?{_PEERS}",
            mark(
                "What stands beside the price: agreements on discounts, on payment by outcome, on evidence to come. The countries are the eight of the first slide, and were not chosen by their agreements; those without a square are not known to pay, so the title counts the others. Eight countries are not the world: take the choice away on the page to see all.\n\nThe numbers count products with their indications. White squares say only that sources are silent, not that there is no agreement. Terms are often confidential even where an agreement is known."
            ),
        ),
        DeckSlide(
            "prices-kinds?kind=self-pay",
            mark(
                "What people are asked who pay for themselves. A triangle means that the true figure lies on its side of the mark.\n\nThe sums hold different things, some the product alone, some the hospital too; compare with care."
            ),
        ),
        DeckSlide(
            "prices-kinds?kind=academic-cost",
            mark(
                "What making CAR-T in a hospital is said to cost. Hollow marks are targets, and nobody has met them yet.\n\nThese are costs, not prices: what counts as a cost differs from one hospital to the next."
            ),
        ),
        DeckSlide(
            "prices-academic",
            mark(
                "Both worlds side by side, where both are known. Ask what a lower cost would change in your country, and what it would not: centres, beds, staff and time stay.\n\nThe gap is a distance, not a saving."
            ),
        ),
    ),
)
LOW_AND_MIDDLE_INCOME = Deck(
    "low-and-middle-income",
    mark("Low- and middle-income countries"),
    (
        DeckSlide(
            f"overview-world?{_NOT_HIGH}",
            mark(
                "The same map as always, with high-income countries taken off, and with them the few economies that the World Bank does not classify. Very little green is left.\n\nLight grey is where we looked and found nothing, which is not a no. Tan is where a source says that there is no authorised product."
            ),
        ),
        DeckSlide(
            f"overview-cascade?{_NOT_HIGH}",
            mark(
                "How many people live where each step has been reached. One or two very large countries decide where the bars stand.\n\nWhere no evidence was found the step counts as not reached: the shares are floors. Living in such a country does not mean being treated."
            ),
        ),
        DeckSlide(
            f"approvals-matrix?{_NOT_HIGH}",
            mark(
                "Who has authorised what, and when. Several columns have a single square: of the countries shown here, only one is known to have authorised that product.\n\nAn empty place means that no authorisation was found, not that a product was refused. A white square is under review, and a square without a year has no known date."
            ),
        ),
        DeckSlide(
            f"approvals-lag?{_NOT_HIGH}",
            mark(
                "How many years behind the first regulator in the world. At zero the country was itself the first.\n\nProducts that never came have no dot, so countries with few products can look quick."
            ),
        ),
        DeckSlide(
            f"prices-list?{_NOT_HIGH}",
            mark(
                "List prices, in the few of these countries for which we found any. Look at how far apart the countries are, and how near to each other the products of one country lie: in China the lowest and the highest differ far less than China and Brazil do.\n\nThe products differ from row to row, and so do the years, so the rows do not say why one country is dearer. A lower price in dollars is not a low one: the list of prices can be shown in years of income instead."
            ),
        ),
        DeckSlide(
            f"prices-academic?{_NOT_HIGH}",
            mark(
                "What hospitals say that their own CAR-T costs, beside the list price of companies.\n\nEvery diamond here is open: a target, a forecast or a bound. None is a cost that has been shown over a year of routine."
            ),
        ),
        DeckSlide(
            f"reimbursement-decisions?{_NOT_HIGH}",
            mark(
                "What public payers have decided. Beige squares are documented: a source says that there is no cover, or that no decision has been taken. White squares are under assessment.\n\nFor countries that are not listed we found nothing, which is not a no. Private insurance and court orders are not in this figure."
            ),
        ),
        DeckSlide(
            f"manufacturing-by-country?{_NOT_HIGH}",
            mark(
                "Where cells are made, and by whom. In most of these countries it is a university or a hospital, or a plant for trials.\n\nA site that operates may treat very few patients; capacity is seldom published."
            ),
        ),
        DeckSlide(
            f"manufacturing-distance?{_NOT_HIGH}",
            mark(
                "How far the nearest operating plant is from each capital. The darkest countries lie furthest away.\n\nStraight lines, whoever the plant belongs to. Cells also need flights, customs and a cold chain that this map cannot show."
            ),
        ),
        DeckSlide(
            f"care-routes?{_NOT_HIGH}",
            mark(
                "By which way a patient can get CAR-T: an authorised product, an exemption, a trial, a journey abroad. Each country has the colour of the best way that is known.\n\nThe colours say that a way is known, not how many go it; a trial may mean a handful of people. This map rests on reports from each country. The next one counts trials in one register, so the two need not agree: Mexico has trials here and nothing found there, Serbia has no route here and a trial there."
            ),
        ),
        DeckSlide(
            f"care-trials?trials=map&{_NOT_HIGH}",
            mark(
                "Clinical trials with a site in the country, as ClinicalTrials.gov lists them and no other register. What only a national register lists is missing, and grey is a country for which we found no count.\n\nTrials of any status are counted: some are over, some may not have begun. A count of trials is not a count of places."
            ),
        ),
        DeckSlide(
            f"care-need?{_NOT_HIGH}",
            mark(
                "Close with need: along the bottom, countries by new cases a year; above, the centres that are known, for their number of people. Almost every country sits on the line for which no evidence was found.\n\nThat line is not zero, and it does not say that nobody has counted: it is what we did not find. Some of these countries have centres that no source we read puts a number to. A triangle is a lower bound, and only a part of the new cases ever needs CAR-T."
            ),
        ),
    ),
)
BUILT_IN: dict[str, Deck] = {deck.id: deck for deck in (TEN_CHARTS, PRICES, LOW_AND_MIDDLE_INCOME)}


def built_in(deck_id: str) -> Deck:
    """Return a deck of BUILT_IN in the current language. Raises KeyError."""
    deck = BUILT_IN[deck_id]
    return Deck(deck.id, _(deck.title), tuple(DeckSlide(slide.reference, _(slide.notes)) for slide in deck.slides))
