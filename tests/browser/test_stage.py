"""The stage as a speaker uses it: keys, the speaker's window, blanking, a country by typing, and the address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_plus, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.serving import Server
from indicators import decks

SCREEN = {"width": 1920, "height": 1080}
# The size of type on the screen: what the style says, times what the element is scaled by.
LETTERS = """() => {
  const stage = document.getElementById('stage'), scale = stage.getBoundingClientRect().width / stage.offsetWidth;
  const found = [];
  for (const element of stage.querySelectorAll('.slide.on *, #counter')) {
    const own = [...element.childNodes].filter(node => node.nodeType === 3 && node.textContent.trim());
    if (!own.length || element.closest('defs, style') || !element.getClientRects().length) continue;
    const box = element.getBoundingClientRect();
    // Plotly shrinks letters by transforming them, which the size of the type does not tell.
    const own_scale = element.ownerSVGElement && element.getCTM ? Math.hypot(element.getCTM().a, element.getCTM().b) : 1;
    found.push({text: element.textContent.slice(0, 40), size: parseFloat(getComputedStyle(element).fontSize) * scale * own_scale, height: box.height, width: box.width, x: box.x, y: box.y, right: box.right, bottom: box.bottom});
  }
  return found;
}"""
OPACITIES = """() => [...document.querySelectorAll('.slide.on .choroplethlayer path')].map(path => [path.__data__.loc, parseFloat(path.style.opacity || 1)])"""

Open = Callable[..., Page]


class Stages:
    """Opens decks, each in a browser of its own, as another speaker would."""

    def __init__(self, server: Server, new_context: Callable[..., BrowserContext]) -> None:
        self.server, self.new_context = server, new_context
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.foreign: list[str] = []

    def context(self, **options: Any) -> BrowserContext:
        """Return a new browser that remembers nothing, and is watched."""
        context = self.new_context(viewport=SCREEN, locale="en-GB", **options)
        context.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        host = urlsplit(self.server.address).netloc
        context.on(
            "request",
            lambda request: self.foreign.append(request.url) if urlsplit(request.url).scheme == "http" and urlsplit(request.url).netloc != host else None,
        )
        self.contexts.append(context)
        return context

    def open(self, query: str = "deck=prices", has_clock: bool = False, **options: Any) -> Page:
        """Open a stage and wait until its slide is shown. With a clock of its own, time can be made to pass or to stand still in it."""
        page = self.context(**options).new_page()
        if has_clock:
            page.clock.install()
        page.goto(f"{self.server.address}/present?{query}")
        page.locator("body[data-shown]").wait_for()
        return page


def type_quickly(page: Page, text: str) -> None:
    """Press letters at once, as a browser that is busy elsewhere hands them on: apart they could be commands."""
    page.evaluate(
        "text => [...text].forEach(key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))", text
    )


def stop_the_clock(page: Page) -> None:
    """Let time stand still in a page, a while from now, so that whatever waits a moment has had its time."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 600)


@pytest.fixture
def stages(server: Server, new_context: Callable[..., BrowserContext]) -> Iterator[Stages]:
    """Return what opens stages; afterwards no browser may have complained or asked another host."""
    opened = Stages(server, new_context)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.complaints == []
    assert opened.foreign == []


def shows(page: Page, number: int) -> None:
    """Wait until a slide is shown, alone."""
    expect(page.locator("body")).to_have_attribute("data-shown", str(number))
    expect(page.locator(".slide.on")).to_have_count(1)
    expect(page.locator("#counter")).to_contain_text(f"{number} / ")


def prepared(page: Page, number: int) -> None:
    """Wait until a slide is shown and its neighbours are drawn."""
    expect(page.locator("body")).to_have_attribute("data-prepared", str(number))


def test_keys_turn_pages(stages: Stages) -> None:
    page = stages.open(has_clock=True)
    last = len(decks.built_in("prices").slides)
    number = 1
    for key in ("ArrowRight", "ArrowDown", "PageDown", "Space", "Enter"):
        page.keyboard.press(key)
        number += 1
        shows(page, number)
    for key in ("ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "Backspace"):
        page.keyboard.press(key)
        number -= 1
        shows(page, number)
    page.keyboard.press("ArrowLeft")  # before the first there is nothing
    shows(page, 1)
    page.keyboard.press("End")
    shows(page, last)
    page.keyboard.press("ArrowRight")
    shows(page, last)
    page.keyboard.press("Home")
    shows(page, 1)
    # Digits are forgotten after a moment: in this test none passes.
    stop_the_clock(page)
    page.keyboard.press("4")
    expect(page.locator("#counter")).to_contain_text("4")
    page.keyboard.press("Enter")
    page.clock.resume()
    shows(page, 4)
    stop_the_clock(page)
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    page.clock.resume()
    shows(page, last)


def test_edges_and_swipes_turn_pages(stages: Stages, until_it_holds: Callable[[Callable[[], None]], None]) -> None:
    page = stages.open(has_touch=True)

    def edge_is_seen() -> None:  # it goes again when the mouse rests
        page.mouse.move(1890, 540)
        page.mouse.move(1900, 540)
        expect(page.locator("#next")).to_have_css("opacity", "1", timeout=2000)

    until_it_holds(edge_is_seen)
    page.mouse.click(1900, 540)
    shows(page, 2)
    page.keyboard.press("Space")  # the click has not taken the keyboard
    shows(page, 3)
    page.mouse.click(20, 540)
    shows(page, 2)
    page.evaluate(
        """() => { for (const [name, x] of [['touchstart', 1200], ['touchend', 700]]) {
          const touch = new Touch({identifier: 1, target: document.body, clientX: x, clientY: 500});
          document.body.dispatchEvent(new TouchEvent(name, {bubbles: true, touches: name === 'touchend' ? [] : [touch], changedTouches: [touch]}));
        } }"""
    )
    shows(page, 3)


@pytest.mark.parametrize(
    ("keys", "colour"), [(("b",), "rgb(0, 0, 0)"), ((".",), "rgb(0, 0, 0)"), (("w",), "rgb(255, 255, 255)"), ((",",), "rgb(255, 255, 255)")]
)
def test_screen_goes_blank_and_comes_back(stages: Stages, keys: tuple[str, ...], colour: str) -> None:
    page = stages.open()
    page.keyboard.press(keys[0])
    veil = page.locator("#veil")
    expect(veil).to_be_visible()
    expect(veil).to_have_css("background-color", colour)
    assert veil.bounding_box() == {"x": 0, "y": 0, **SCREEN}
    page.keyboard.press(keys[0])
    expect(veil).to_be_hidden()
    page.keyboard.press(keys[0])
    expect(veil).to_be_visible()
    page.keyboard.press("ArrowRight")  # brings the slide back, and does not turn the page behind the veil
    expect(veil).to_be_hidden()
    shows(page, 1)


def test_country_stands_out_by_typing_and_stays(stages: Stages) -> None:
    page = stages.open("slide=overview-world&slide=overview-cascade&slide=reimbursement-rate?rate=map&slide=prices-list")
    type_quickly(page, "bra")
    chip = page.locator("#chip")
    expect(chip).to_contain_text("Brazil")
    expect(chip).to_contain_text("products")
    expect(page.locator("#veil")).to_be_hidden()  # "b" alone would have blanked the screen
    shows(page, 1)
    page.wait_for_function(f"() => Object.fromEntries(({OPACITIES})()).CAN < 0.3")
    seen = dict(page.evaluate(OPACITIES))
    assert seen["BRA"] == 1
    assert max(opacity for code, opacity in seen.items() if code != "BRA") < 0.3
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    expect(chip).to_contain_text("Nothing in this figure")
    page.keyboard.press("ArrowRight")
    shows(page, 3)
    seen = dict(page.evaluate(OPACITIES))
    assert (seen["BRA"], seen["CAN"] < 0.3) == (1, True)
    expect(page).to_have_url(re.compile("highlight=BRA"))
    page.keyboard.press("Escape")
    expect(chip).to_be_hidden()
    page.wait_for_function(f"() => ({OPACITIES})().every(([code, opacity]) => opacity === 1)")
    expect(page).not_to_have_url(re.compile("highlight"))


def test_name_on_the_axis_and_line_of_a_country_stand_out(stages: Stages) -> None:
    page = stages.open("slide=prices-list?countries=BRA%26countries=CHN%26countries=USA&slide=care-rates")
    type_quickly(page, "china")
    page.keyboard.press("Enter")
    expect(page.locator(".slide.on .ytick text.found")).to_have_text("China")
    expect(page.locator(".slide.on .ytick text.faded")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".slide.on .ytick text.found, .slide.on .ytick text.faded")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    usual = page.locator(".slide.on .scatterlayer .trace").evaluate_all("traces => traces.map(trace => getComputedStyle(trace).opacity)")
    type_quickly(page, "switz")
    expect(page.locator("#chip")).to_contain_text("per 10 million people")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.slide.on .scatterlayer .trace')].filter(trace => getComputedStyle(trace).opacity < 0.3).length > 5"
    )
    expect(page.locator(".slide.on .ytick text.faded")).to_have_count(0)  # numbers belong to all
    page.keyboard.press("Escape")
    page.wait_for_function(
        "usual => JSON.stringify([...document.querySelectorAll('.slide.on .scatterlayer .trace')].map(trace => getComputedStyle(trace).opacity)) === JSON.stringify(usual)",
        arg=usual,
    )


def test_names_are_typed_slowly_after_a_slash(stages: Stages) -> None:
    page = stages.open("slide=overview-world&slide=overview-cascade", has_clock=True)
    prepared(page, 1)
    stop_the_clock(page)
    page.keyboard.press("/")
    for letter in ("s", "o", "u", "t", "h", " ", "a"):
        page.keyboard.press("Space" if letter == " " else letter)
        page.clock.run_for(400)  # longer than a letter is held, shorter than a name waits for its next one
    expect(page.locator("#chip")).to_contain_text("South Africa")
    shows(page, 1)
    page.keyboard.press("Enter")  # ends the name; the next keys are commands again
    page.clock.resume()
    page.keyboard.press("Space")
    shows(page, 2)
    type_quickly(page, "xyz")
    expect(page.locator("#chip")).to_contain_text("No country begins with “xyz”")


def test_member_of_the_union_stands_out_through_it(stages: Stages) -> None:
    page = stages.open("slide=approvals-matrix?countries=USA%26countries=FRA%26countries=JPN")
    type_quickly(page, "fran")
    expect(page.locator("#chip")).to_contain_text("France (through the European Union)")


def test_speakers_window_keeps_in_step(stages: Stages) -> None:
    page = stages.open()
    deck = decks.built_in("prices")
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    notes = popup.value
    expect(notes.locator("body")).to_have_attribute("data-shown", "1")
    expect(notes.locator("#text")).to_have_text(deck.slides[0].notes)
    expect(notes.locator("#preview .slide.on h1")).to_contain_text("GDP per head")  # the next one
    page.keyboard.press("ArrowRight")
    expect(notes.locator("#text")).to_have_text(deck.slides[1].notes)
    notes.keyboard.press("PageDown")
    shows(page, 3)
    expect(notes.locator("#text")).to_have_text(deck.slides[2].notes)
    notes.get_by_role("button", name="Previous slide").click()
    shows(page, 2)
    notes.keyboard.press(".")
    expect(page.locator("#veil")).to_be_visible()
    expect(notes.locator("#state")).to_contain_text("The screen is black")
    notes.keyboard.press(".")
    expect(page.locator("#veil")).to_be_hidden()
    page.reload()
    page.locator("body[data-shown]").wait_for()
    page.keyboard.press("End")  # the stage has not lost its window
    expect(notes.locator("#next-title")).to_have_text("This is the last slide")
    notes.get_by_role("button", name="Pause").click()
    expect(notes.get_by_role("button", name="Go on")).to_be_visible()
    notes.get_by_role("button", name="From zero").click()
    expect(notes.locator("#timer")).to_have_text("00:00")


def test_blocked_window_is_told_with_a_way_out(stages: Stages) -> None:
    page = stages.open()
    page.evaluate("window.open = () => null")
    page.keyboard.press("n")
    expect(page.locator("#toast")).to_contain_text("blocked")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Open the notes").click()
    page.keyboard.press("ArrowRight")
    expect(popup.value.locator("body")).to_have_attribute("data-shown", "2")


def test_slides_change_by_themselves_and_begin_again(stages: Stages) -> None:
    page = stages.open("slide=overview-cascade&slide=prices-list&auto=600", has_clock=True)
    for number in (1, 2, 1):
        shows(page, number)
        expect(page.locator("#counter")).to_contain_text("auto")
        prepared(page, number)
        page.clock.fast_forward(601_000)
    shows(page, 2)
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_contain_text("wait for you")
    page.clock.fast_forward(1_800_000)
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")
    shows(page, 2)
    expect(page.locator("#counter")).not_to_contain_text("auto")


def test_address_holds_the_slide(stages: Stages) -> None:
    page = stages.open("deck=prices")
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    page.keyboard.press("ArrowRight")
    shows(page, 3)
    expect(page).to_have_url(re.compile("#3$"))
    title = page.locator(".slide.on h1").inner_text()
    page.reload()
    shows(page, 3)
    page.go_back()
    shows(page, 2)
    page.go_forward()
    shows(page, 3)
    expect(page).to_have_url(re.compile("#3$"))
    other = stages.context().new_page()
    other.goto(page.evaluate("location.href"))
    shows(other, 3)
    assert other.locator(".slide.on h1").inner_text() == title
    assert stages.open("deck=prices&n=2").locator(".slide.on h1").inner_text() != title
    page.keyboard.press("d")
    expect(page.locator(".slide.on")).to_have_attribute("data-theme", "dark")
    page.reload()
    shows(page, 3)
    expect(page.locator(".slide.on")).to_have_attribute("data-theme", "dark")


def test_unknown_slide_is_told_and_the_last_shown(stages: Stages) -> None:
    page = stages.open("deck=prices#77")
    shows(page, len(decks.built_in("prices").slides))
    expect(page.locator("#toast")).to_contain_text("no slide 77")


def test_unknown_figure_stops_no_deck(stages: Stages) -> None:
    page = stages.open("slide=overview-cascade&slide=nothing-here&slide=prices-list")
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    expect(page.locator(".slide.on")).to_contain_text("This figure is not in the atlas")
    page.keyboard.press("ArrowRight")
    shows(page, 3)
    expect(page.locator(".slide.on .js-plotly-plot")).to_be_visible()
    stages.complaints = [text for text in stages.complaints if "404" not in text]  # the browser's own note of the missing figure


def test_failed_slide_is_drawn_again_on_request(stages: Stages) -> None:
    context = stages.context()
    page = context.new_page()
    broken = {"on": True}
    page.route("**/figures/prices-list.json*", lambda route: route.abort() if broken["on"] else route.continue_())
    page.goto(f"{stages.server.address}/present?slide=overview-cascade&slide=prices-list")
    shows(page, 1)
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    expect(page.locator(".slide.on")).to_contain_text("could not be drawn")
    broken["on"] = False
    page.keyboard.press("r")
    expect(page.locator(".slide.on .js-plotly-plot")).to_be_visible()
    stages.complaints = [text for text in stages.complaints if "ERR_FAILED" not in text]


def test_hover_is_exact(stages: Stages) -> None:
    page = stages.open("slide=overview-world")
    place = page.evaluate(
        """() => { const path = [...document.querySelectorAll('.slide.on .choroplethlayer path')].find(path => path.__data__.loc === 'BRA');
        const box = path.getBoundingClientRect(); return [box.x + box.width * .5, box.y + box.height * .45]; }"""
    )
    page.mouse.move(place[0] - 5, place[1])
    page.mouse.move(*place)
    label = page.locator(".slide.on .hoverlayer .hovertext")
    expect(label).to_contain_text("Brazil")
    sizes = label.locator("text").evaluate_all(
        "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * document.getElementById('stage').getBoundingClientRect().width / 960)"
    )
    assert min(size for size in sizes) >= 24
    box = label.bounding_box()
    assert box is not None
    assert abs(box["y"] + box["height"] / 2 - place[1]) < 200


def test_keys_are_explained(stages: Stages) -> None:
    page = stages.open()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    expect(page.locator("#help")).to_contain_text("black screen")
    box = page.locator("#help").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= SCREEN["height"]
    sizes = page.locator("#help dd").evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")
    assert min(sizes) >= 24  # as large as the slides, though it stands outside of what is scaled
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    shows(page, 1)


def test_ears_are_told_of_each_slide(stages: Stages) -> None:
    page = stages.open()
    page.keyboard.press("ArrowRight")
    shows(page, 2)
    expect(page.locator("#announcer")).to_contain_text("Slide 2 of 9")
    assert page.locator(".slide.on .figure").get_attribute("aria-label")
    assert page.locator(".slide:not(.on)").evaluate_all("slides => slides.every(slide => slide.inert)")


@pytest.mark.parametrize("deck_id", decks.BUILT_IN)
def test_every_slide_can_be_read_from_the_last_row(stages: Stages, deck_id: str) -> None:
    page = stages.open(f"deck={deck_id}")
    for number, slide in enumerate(decks.built_in(deck_id).slides, start=1):
        shows(page, number)
        letters = page.evaluate(LETTERS)
        assert len(letters) > 8, slide.reference
        small = [letter for letter in letters if letter["size"] < 24 - 0.01]
        assert small == [], slide.reference
        flat = [letter for letter in letters if min(letter["height"], letter["width"]) < 8]
        assert flat == [], slide.reference
        outside = [
            letter
            for letter in letters
            if letter["x"] < 0 or letter["y"] < 0 or letter["right"] > SCREEN["width"] + 1 or letter["bottom"] > SCREEN["height"] + 1
        ]
        assert outside == [], slide.reference
        page.keyboard.press("ArrowRight")


def test_next_slide_is_drawn_before_it_is_asked_for(stages: Stages) -> None:
    page = stages.open()
    prepared(page, 1)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    waiting = page.locator(".slide:not(.on) .js-plotly-plot .main-svg").count()
    assert waiting >= 2
    # In the frame after the key the slide is there, whole.
    marks = page.evaluate(
        """() => new Promise(resolve => {
          document.addEventListener('keydown', () => requestAnimationFrame(() => requestAnimationFrame(() =>
            resolve(document.querySelectorAll('.slide.on .js-plotly-plot .point').length))), {once: true});
          document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
        })"""
    )
    assert marks > 5
    shows(page, 2)
    assert not any("prices-list" in url for url in requests)


def test_other_screens_are_filled_too(stages: Stages) -> None:
    page = stages.open("deck=ten-charts")
    for width, height in ((1024, 768), (1280, 720), (844, 390)):
        prepared(page, 1)
        page.evaluate("() => { delete document.body.dataset.prepared; }")  # it comes back when all is drawn at the new size
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height])
        prepared(page, 1)
        box = page.locator(".slide.on").bounding_box()
        assert box is not None
        assert abs(box["width"] - width) < 2
        assert abs(box["height"] - height) < 2
        footer = page.locator(".slide.on footer").bounding_box()
        assert footer is not None
        assert footer["y"] + footer["height"] <= height


def test_address_of_a_readers_own_deck(stages: Stages) -> None:
    notes = quote_plus("1:Say this")
    page = stages.open(f"title=Mine&slide=prices-list?countries=BRA%26countries=CHN&note={notes}")
    expect(page.locator(".slide.on h1")).to_contain_text("List prices")
    assert page.title().endswith("Deck: Mine")


@pytest.mark.parametrize("query", ["deck=prices&n=1", "deck=ten-charts&n=1", "deck=prices&n=6"])
def test_upright_telephone_can_be_read(stages: Stages, query: str) -> None:
    page = stages.context().new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{stages.server.address}/present?{query}")
    page.locator("body[data-shown]").wait_for()
    letters = page.evaluate(LETTERS)
    assert min(found["size"] for found in letters) >= 11
    assert max(found["right"] for found in letters) <= 391
    assert page.locator(".slide.on .figure").evaluate("element => element.getBoundingClientRect().width") > 340


@pytest.mark.parametrize("wait", [60, 1000])
def test_b_twice_brings_the_picture_back(stages: Stages, wait: int) -> None:
    page = stages.open()
    page.keyboard.press("b")
    page.wait_for_timeout(wait)
    page.keyboard.press("b")
    page.wait_for_timeout(600)  # longer than a letter is held
    expect(page.locator("#veil")).to_be_hidden()
    expect(page.locator("#chip")).to_be_hidden()  # and it was not taken for a name


def test_letter_answers_at_once_on_a_blank_screen(stages: Stages) -> None:
    page = stages.open()
    page.keyboard.press(".")
    expect(page.locator("#veil")).to_be_visible()
    page.keyboard.press("b")
    assert not page.locator("#veil").is_visible()
