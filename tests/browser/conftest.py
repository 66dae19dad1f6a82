"""The dashboard in Chromium, at a server of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response, expect, sync_playwright

from bench.serving import CHROMIUM_FLAGS, ROOT, Server, chromium, serve

LOAD_MILLISECONDS = 90_000  # costs nothing where nothing fails
SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PAGES_WITH_MAP = ("overview", "manufacturing", "care")

# What a page looks like, read in one go.
_PROBE = """() => {
  const style = element => getComputedStyle(element);
  const text = selector => { const found = document.querySelector(selector); return found ? style(found).fontFamily : null; };
  const scrollers = [document.documentElement, document.body, ...document.querySelectorAll('[data-testid="stAppViewContainer"], [data-testid="stMain"]')];
  const bar = [...document.querySelectorAll('.st-key-top-bar a, .st-key-top-bar button')].filter(element => element.getBoundingClientRect().width > 0);
  return {
    exceptions: [...document.querySelectorAll('[data-testid="stException"]')].map(element => element.innerText),
    overflow: scrollers.map(element => element.scrollWidth - element.clientWidth),
    background: style(document.querySelector('[data-testid="stApp"]')).backgroundColor,
    fonts_loaded: [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family.replaceAll('"', '')),
    font_of: {question: text('h1.question'), finding: text('h3.finding'), label: text('[data-testid="stWidgetLabel"] p'), chart: text('.js-plotly-plot text')},
    shapes: document.querySelectorAll('.choroplethlayer path').length,
    figures: [...document.querySelectorAll('.js-plotly-plot')].map(element => element.querySelectorAll('.trace, .choroplethlayer path, .point').length),
    covered: bar.filter(element => {
      const box = element.getBoundingClientRect();
      return !element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }).map(element => element.innerText),
  };
}"""


@dataclass
class Watch:
    """What a browser context has asked for and complained about."""

    host: str
    foreign: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Listen to everything that happens in a context."""
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note(socket.url)))

    def _on_request(self, request: Request) -> None:
        self.requested.append(request.url)
        self._note(request.url)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.foreign.append(url)

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and not _is_probe(response.url):
            self.complaints.append(f"{response.status} {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (_is_probe(message.location["url"]) and "404" in message.text):
            self.complaints.append(message.text)


def _is_probe(url: str) -> bool:
    """Say whether Streamlit asked for this to find out where its root is, which gives a 404 below the root."""
    return urlsplit(url).path.endswith(("/_stcore/health", "/_stcore/host-config"))


@dataclass(frozen=True)
class Look:
    """What one page looked like, once loaded."""

    seen: dict[str, Any]
    foreign: list[str]
    requested: list[str]
    complaints: list[str]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``each_page``, ``size`` or ``theme`` once for each."""
    if "each_page" in metafunc.fixturenames:
        metafunc.parametrize("each_page", PAGES)
    if "size" in metafunc.fixturenames:
        metafunc.parametrize("size", SIZES)
    if "theme" in metafunc.fixturenames:
        metafunc.parametrize("theme", ["light", "dark"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium, so that it can be left out with ``-m "not browser"``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add what the server said to the report of a failed test."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        report.sections.append(("server log", server.log_text()[-5000:]))
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard, running."""
    with serve(ROOT / "server.py", tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, running."""
    expect.set_options(timeout=LOAD_MILLISECONDS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield running
        running.close()


def _new_context(browser: Browser, size: str, theme: str, watch: Watch) -> BrowserContext:
    context = browser.new_context(viewport=SIZES[size], color_scheme=theme, locale="en-GB", accept_downloads=True)  # type: ignore[arg-type]
    context.set_default_timeout(LOAD_MILLISECONDS)
    watch.attach(context)
    return context


def _wait(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning] footer.foot").wait_for(state="attached")
    # Streamlit fetches the program of a kind of element when it first meets one: the links of the bar can come last.
    page.locator(".st-key-pages-wide a").nth(len(PAGES) - 1).wait_for(state="attached")
    page.evaluate("document.fonts.ready")


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that makes a new browser, which remembers nothing and is as patient as all others, and ends it after the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        made[-1].set_default_timeout(LOAD_MILLISECONDS)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def until_it_holds() -> Callable[[Callable[[], None]], None]:
    """Return a function that does something, and sees what it should lead to, again and again until it has."""

    def attempt(doing: Callable[[], None]) -> None:
        deadline = time.monotonic() + LOAD_MILLISECONDS / 1000
        while True:
            try:
                return doing()
            except (AssertionError, Error):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    return attempt


@pytest.fixture(scope="session")
def look_anew(server: Server, browser: Browser) -> Callable[[str, str, str], Look]:
    """Return a function that opens a page at a size and in a theme, in a new browser, and returns what it looked like."""

    def open_page(page_name: str, size: str = "desktop", theme: str = "light") -> Look:
        watch = Watch(urlsplit(server.address).netloc)
        context = _new_context(browser, size, theme, watch)
        page = context.new_page()
        page.goto(f"{server.address}/{'' if page_name == 'overview' else page_name}")
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        _wait(page)
        if page_name in PAGES_WITH_MAP:
            page.locator(".choroplethlayer path").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        seen = Look(page.evaluate(_PROBE), watch.foreign, watch.requested, watch.complaints)
        context.close()
        return seen

    return open_page


@pytest.fixture(scope="session")
def look(look_anew: Callable[[str, str, str], Look]) -> Callable[[str, str, str], Look]:
    """Return a function that opens a page at a size and in a theme, once, and returns what it looked like."""
    known: dict[tuple[str, str, str], Look] = {}

    def open_once(page_name: str, size: str = "desktop", theme: str = "light") -> Look:
        key = (page_name, size, theme)
        if key not in known:
            known[key] = look_anew(page_name, size, theme)
        return known[key]

    return open_once


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a path in a new context, as another person's browser would.

    After the test no context may have asked another host for anything or complained in its console.
    """
    watch = Watch(urlsplit(server.address).netloc)
    contexts: list[BrowserContext] = []

    def open_path(path: str = "/", size: str = "desktop", theme: str = "light") -> Page:
        contexts.append(_new_context(browser, size, theme, watch))
        page = contexts[-1].new_page()
        page.goto(server.address + path)
        _wait(page)
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert watch.foreign == []
    assert watch.complaints == []
