"""The stage: a deck on the whole screen, and the speaker's window beside it."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import addresses, answers, previews, source
from api.clients import Handler
from api.figures import unknown
from api.stage_texts import notes_texts, stage_texts
from indicators import decks, language
from indicators.decks import Deck
from indicators.decks.keys import keys
from indicators.figures.registry import FIGURES
from indicators.groups import SHORT_FORMS
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, ngettext

WIDTH, HEIGHT = 960, 540  # points of the smallest stage; a screen of 1920 × 1080 has two pixels for each
FRAME = (868, 346)  # what a slide's words usually leave for its figure
SHORTEST, LONGEST = 2, 3600  # seconds of a slide that is changed by itself
SESSION = 20  # characters of the name of a talk, by which the speaker's window finds its stage


def asks_for_deck(parameters: dict[str, list[str]]) -> bool:
    """Return whether the parameters of ``/present`` ask for a deck, and so for the stage."""
    return decks.asks(parameters)


def stage(base: str, otherwise: Handler | None = None) -> Handler:
    """Return what answers ``/present``: the stage where a deck is asked for, else ``otherwise``, else a list of decks."""

    async def answer(request: Request) -> Response:
        try:
            found = addresses.parameters(request)
        except addresses.TooLong:
            return answers.too_long("./")
        if not asks_for_deck(found):
            return await otherwise(request) if otherwise else listing()
        reading = await run_in_threadpool(decks.read, found)  # a packed deck may be large
        if reading.deck is None or not reading.deck.slides:
            return listing(reading.notices, 404)
        if not any(_figure(slide.reference) in FIGURES for slide in reading.deck.slides):
            return listing((*reading.notices, *dict.fromkeys(unknown(_figure(slide.reference)) for slide in reading.deck.slides[:3])), 404)
        return await _stage(request, base, reading.deck, reading.notices, found)

    return answer


def notes(base: str) -> Handler:
    """Return what answers ``/present/notes``: the speaker's window of a deck."""

    async def answer(request: Request) -> Response:
        try:
            found = addresses.parameters(request)
        except addresses.TooLong:
            return answers.too_long("../")
        reading = await run_in_threadpool(decks.read, found)  # a packed deck may be large
        if reading.deck is None:
            return answers.words(_("No deck to speak about"), reading.notices, "../", 404)
        session = "".join(letter for letter in found.get("channel", [""])[-1][:SESSION] if letter.isascii() and letter.isalnum())
        given = _deck(reading.deck, "../") | {"channel": session, "texts": notes_texts()}
        return answers.document(
            title=_("Notes: {title}").format(title=reading.deck.title or _("Untitled deck")),
            head=_ROBOTS,
            body=_notes_body() + _json(given),
            up="../",
            scripts=("notes.js",),
            style_sheet="notes.css",
            more_style_sheets=("slide.css",),
            style=addresses.one(found, "theme", ("light", "dark")),
        )

    return answer


_ROBOTS = '<meta name="robots" content="noindex">'


def _json(given: dict[str, Any]) -> str:
    """Return data for a script, inside a document: no text of it can end the element."""
    written = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return f'<script type="application/json" id="deck">{written}</script>'


def _deck(deck: Deck, root: str) -> dict[str, Any]:
    return {
        "title": deck.title or _("Untitled deck"),
        "name": _("Deck: {title}").format(title=deck.title or _("Untitled deck")),
        "slides": [{"reference": slide.reference, "notes": slide.notes} for slide in deck.slides],
        "root": root,
        "stage": {"width": WIDTH, "height": HEIGHT},
        "frame": {"width": FRAME[0], "height": FRAME[1]},
    }


async def _stage(request: Request, base: str, deck: Deck, notices: tuple[str, ...], found: dict[str, list[str]]) -> Response:
    seconds = addresses.number(found, "auto", SHORTEST, LONGEST)
    given = _deck(deck, "./") | {
        "texts": stage_texts(),
        "countries": await run_in_threadpool(countries),
        "notices": list(notices),
        "auto": seconds or 0,
    }
    title = deck.title or _("Untitled deck")
    number = len(deck.slides)
    description = ngettext("{count} slide of the CAR-T Access Atlas, live.", "{count} slides of the CAR-T Access Atlas, live.", number).format(count=number)
    head = previews.tags(
        title=title,
        description=description,
        address=f"{addresses.published_at(request, base)}/present?{request.url.query}",
        image=previews.image_of_reference(addresses.published_at(request, base), deck.slides[0].reference),
    )
    return answers.document(
        title=f"{given['name']} · {_('CAR-T Access Atlas')}",
        head=head,
        body=_stage_body(deck) + _json(given),
        up="./",
        scripts=("stage.js",),
        more_style_sheets=("slide.css",),
        style=addresses.one(found, "theme", ("light", "dark")),
    )


def countries() -> list[list[Any]]:
    """Return for each country its code, the codes of what may stand for it (the EU), its name, and other forms of it."""
    dataset = source.dataset()
    members = eu_members(dataset.today)
    table = dataset["countries"]
    found: list[list[Any]] = [[iso3, [EU] if iso3 in members else [], language.country_name(iso3), *SHORT_FORMS.get(iso3, ()), iso3] for iso3 in table["iso3"]]
    return [*found, [EU, [], language.country_name(EU), EU]]


def listing(notices: tuple[str, ...] = (), status: int = 200) -> Response:
    """Return a small page that lists the built-in decks; for those who come without one, or with one that is not there."""
    items = []
    for deck in map(decks.built_in, decks.BUILT_IN):
        number = ngettext("{count} slide", "{count} slides", len(deck.slides)).format(count=len(deck.slides))
        items.append(f'<li><a href="present?{escape(decks.query(deck))}">{escape(deck.title)}</a> <small>{escape(number)}</small></li>')
    title = _("Decks to present") if status == 200 else _("This deck is not there")
    more = f'<ul>{"".join(items)}</ul><p><a href="present">{escape(_("All decks, and how to make one"))}</a></p>'
    return answers.words(title, [*notices, _("These decks come with the atlas:")], "./", status, more)


def _stage_body(deck: Deck) -> str:
    lines = "".join(f'<li><a href="./embed/{escape(_embed_path(slide.reference))}">{escape(slide.reference)}</a></li>' for slide in deck.slides)
    commands = "".join(f"<dt>{''.join(f'<kbd>{escape(key)}</kbd> ' for key in pressed)}</dt><dd>{escape(text)}</dd>" for pressed, text in keys())
    return f"""<main id="stage" tabindex="-1" aria-label="{escape(deck.title)}">
<div id="layers"></div>
<button class="edge previous" id="previous" aria-label="{escape(_("Previous slide"))}" title="{escape(_("Previous slide"))}">‹</button>
<button class="edge next" id="next" aria-label="{escape(_("Next slide"))}" title="{escape(_("Next slide"))}">›</button>
<div id="counter"></div>
<div id="chip" role="status" hidden></div>
<div id="toast" role="status" hidden></div>
<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">{escape(_("Keys"))}</h2><dl>{commands}</dl></dialog>
</main>
<div id="veil" hidden></div>
<p id="announcer" class="for-ears" aria-live="polite"></p>
<noscript><h1>{escape(deck.title)}</h1><p>{escape(_("The stage needs JavaScript. These are its figures:"))}</p><ol>{lines}</ol></noscript>
"""


def _figure(reference: str) -> str:
    return reference.partition("?")[0]


def _embed_path(reference: str) -> str:
    figure_id, mark, query = reference.partition("?")
    return urlencode({"": figure_id}).removeprefix("=") + mark + query


def _notes_body() -> str:
    button = '<button id="{id}">{text}</button>'
    return f"""<div class="bar"><span class="clock" id="timer">00:00</span>
{button.format(id="pause", text=escape(_("Pause")))}{button.format(id="reset", text=escape(_("From zero")))}
<span class="grow" id="counter"></span>
{button.format(id="turn-previous", text=escape(_("Previous slide")))}{button.format(id="turn-next", text=escape(_("Next slide")))}
<span class="clock" id="clock"></span></div>
<main class="now" id="now" tabindex="0"><h1 id="title"></h1><div class="text" id="text"></div></main>
<section class="next"><h2 id="next-title"></h2><div class="preview" id="preview" aria-hidden="true"><div class="box" id="box"></div></div></section>
<p class="state" id="state" role="status"></p>
"""
