"""Pages run as Streamlit runs them, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

ROOT = Path(__file__).resolve().parents[2]
HOME = "overview"

Opened = Callable[..., AppTest]


# A page is named after its file, which is also its address. Read from the folder, so that no new page goes untested.
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PAGES_WITHOUT_CARDS = ("present",)  # it shows figures of other pages, to look at


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``each_page`` once for each page of the dashboard; ``each_topic`` leaves out those without cards."""
    if "each_page" in metafunc.fixturenames:
        metafunc.parametrize("each_page", PAGES)
    if "each_topic" in metafunc.fixturenames:
        metafunc.parametrize("each_topic", [page for page in PAGES if page not in PAGES_WITHOUT_CARDS])


@pytest.fixture
def pages() -> list[str]:
    """Return the names of all pages."""
    return PAGES


class _RunningPagesManager(PagesManager):
    """Of a server that has been visited before."""


@pytest.fixture(scope="session")
def components() -> BidiComponentManager:
    """Streamlit's registry of components, searched for once: AppTest reads every installed package to fill a new one."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


@pytest.fixture
def running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let AppTest behave as a server that has been visited before.

    Before every run AppTest forgets that app.py calls st.navigation, and takes the folder pages/ for an app of its own,
    whose files run without app.py. A server does so before its first visit only; see test_cold_start.py.
    """
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", _RunningPagesManager)


@pytest.fixture
def opened(running_server: None, components: BidiComponentManager) -> Opened:
    """Return a function that opens a page in a new session, at an address with the given parameters."""

    def run(page: str = HOME, *, theme: str = "light", **parameters: str | list[str]) -> AppTest:
        test = AppTest.from_file(ROOT / "app.py", default_timeout=120)
        test._bidi_component_manager = components
        if page != HOME:
            test.switch_page(f"pages/{page}.py")
        test.query_params = dict(parameters)
        test.context["theme"] = theme
        return test.run()

    return run


@pytest.fixture
def notices() -> Callable[[AppTest], str]:
    """Return a function that returns what the page says about its address, all in one text."""

    def read(test: AppTest) -> str:
        boxes = [element.proto.body for element in test.get("html") if "class='notice'" in element.proto.body]
        return unescape("\n".join(boxes))

    return read


@pytest.fixture
def markup() -> Callable[[AppTest], str]:
    """Return a function that returns a page's headings, key figures and footers as HTML, all in one text."""

    def read(test: AppTest) -> str:
        return "\n".join(element.proto.body for element in test.get("html"))

    return read
