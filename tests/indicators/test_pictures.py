"""Pictures as other programs open them, and Chromium behind them: asked by many, missing, killed, hung, off the network."""

from __future__ import annotations

import asyncio
import base64
import errno
import io
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pypdf
import pytest
from PIL import Image

from indicators import exhibits
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit
from indicators.export import picture, renderer
from indicators.export.errors import Busy, ExportError, NoBrowser, TooSlow
from indicators.export.renderer import Renderer

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium")]

SITE = "https://atlas.example.org"
ROOT = Path(__file__).resolve().parents[2]
SMALL = go.Figure(go.Bar(x=[1, 2], y=[3, 4])).to_dict()
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", autouse=True)
def _end_chromium() -> Iterator[None]:
    yield
    renderer.shared().close()


def _exhibit(dataset: Dataset, reference: str, style: str = "light") -> Exhibit:
    return exhibits.exhibit(dataset, reference, style, SITE)


def _opened(content: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(content))
    made.load()
    return made


@pytest.mark.parametrize(
    ("reference", "size", "style", "scale"),
    [
        ("overview-world", "wide", "light", 2),
        ("overview-world?world=ranking", "square", "dark", 1),
        ("approvals-matrix", "portrait", "light", 1),
        ("prices-list", "a4", "dark", 4),
    ],
)
def test_a_png_has_its_size_paper_and_texts(real: Dataset, reference: str, size: str, style: str, scale: int) -> None:
    exhibit = _exhibit(real, reference, style)
    made = _opened(picture.render(exhibit, "png", size, scale))
    sides = picture.SIZES[size]
    assert made.size == (sides.width * scale, sides.height * scale)
    paper = tuple(int(exhibit.style.paper[at : at + 2], 16) for at in (1, 3, 5))
    pixels = made.convert("RGB")
    for corner in ((2, made.height - 3), (made.width - 3, 2), (made.width - 3, made.height - 3)):
        assert pixels.getpixel(corner) == paper
    assert len(pixels.resize((300, 300)).getcolors(90_000) or []) > 20  # not blank
    figure = picture.layout_of(exhibit, size).boxes["figure"]
    inside = pixels.crop(tuple(int(side * scale) for side in (figure.left, figure.top, figure.right, figure.bottom)))
    assert len(inside.resize((300, 300)).getcolors(90_000) or []) > 8  # nor is the figure
    texts = made.text
    assert texts["Title"] == exhibit.chart.title
    assert texts["Description"] == exhibit.chart.alt
    assert texts["Copyright"] == "CC BY 4.0"
    assert exhibit.address in texts["Source"]
    assert made.info["dpi"][0] == pytest.approx(96 * scale, abs=0.1)


def test_a_map_is_drawn_with_the_countries_in_their_colours(real: Dataset) -> None:
    exhibit = _exhibit(real, "overview-world")
    made = _opened(picture.render(exhibit, "png", "wide", 1)).convert("RGB")
    counts = {colour: count for count, colour in made.getcolors(2_000_000) or []}
    darkest = tuple(int(exhibit.style.sequential[3][at : at + 2], 16) for at in (1, 3, 5))
    assert counts.get(darkest, 0) > 2000  # the United States, China and Europe


def test_an_svg_is_whole_by_itself(real: Dataset) -> None:
    exhibit = _exhibit(real, "prices-list")
    content = picture.render(exhibit, "svg", "wide")
    root = ElementTree.fromstring(content)
    assert root.tag == f"{_SVG}svg"
    assert (root.get("width"), root.get("height")) == ("1200", "675")
    texts = " ".join("".join(node.itertext()) for node in root.iter(f"{_SVG}text"))
    for word in [*exhibit.chart.title.split(), "CC", "BY", "4.0"]:
        assert word in texts
    assert root.findtext(f"{_SVG}title") == exhibit.chart.title
    assert root.findtext(f"{_SVG}desc") == exhibit.chart.alt
    assert not list(root.iter(f"{_SVG}script"))
    for node in root.iter():
        for name, value in node.attrib.items():
            assert not name.startswith("on"), name
            if name.endswith(("href", "src")):
                assert value.startswith(("#", "data:")), value
    style = "".join(node.text or "" for node in root.iter(f"{_SVG}style"))
    assert set(re.findall(r'font-family:"(\w+)"', style)) == {"Inter", "SourceSerif"}
    assert all(address.startswith("data:font/woff2;base64,") for address in re.findall(r"url\(([^)]*)\)", style))
    assert len(re.findall("@font-face", style)) == 2  # no letter here needs the extended faces
    fonts = [base64.b64decode(part) for part in re.findall(r"base64,([^)]*)\)", style)]
    assert all(font.startswith(b"wOF2") for font in fonts)
    assert b"http" not in re.sub(rb'xmlns[:\w]*="[^"]*"|<metadata>.*?</metadata>', b"", content)


def test_letters_of_other_alphabets_bring_their_face(real: Dataset) -> None:
    content = picture.render(_exhibit(real, "manufacturing-vectors"), "svg", "wide")  # of places such as Mengeš
    texts = " ".join("".join(node.itertext()) for node in ElementTree.fromstring(content).iter(f"{_SVG}text"))
    assert re.search("[\u0100-\u0130\u0132-\u0151\u0154-\u02ba]", texts)
    assert content.count(b"@font-face") == 3


def test_a_pdf_is_one_page_with_its_fonts_and_says_what_it_is(real: Dataset) -> None:
    exhibit = _exhibit(real, "approvals-matrix")
    document = pypdf.PdfReader(io.BytesIO(picture.render(exhibit, "pdf", "a4")))
    assert len(document.pages) == 1
    page = document.pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595.5, 842.25), abs=1)  # A4
    text = " ".join(page.extract_text().split())
    for word in [*exhibit.chart.title.split(), "CC BY 4.0", "atlas.example.org"]:
        assert word in text
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:  # whole letters of a face, not outlines letter by letter (Type 3)
        assert font["/Subtype"] == "/Type0", font
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert re.search("AtlasSerif-SemiBold|Inter-(Regular|SemiBold)", font["/BaseFont"])
    assert document.metadata is not None
    assert document.metadata.title == exhibit.chart.title
    assert document.metadata.author == "CAR-T Access Atlas"


def test_the_style_asked_for_is_the_style_drawn(real: Dataset) -> None:
    light, dark = (picture.render(_exhibit(real, "overview-cascade", style), "png", "wide", 1) for style in ("light", "dark"))
    again = picture.render_anew(_exhibit(real, "overview-cascade", "light"), "png", "wide", 1)
    assert light == again  # whatever was drawn in between
    assert _opened(light).convert("RGB").getpixel((3, 600)) == (255, 255, 255)
    assert _opened(dark).convert("RGB").getpixel((3, 600)) != (255, 255, 255)


def test_eight_at_once_are_all_drawn_right(real: Dataset) -> None:
    wanted = ["overview-world?world=ranking", "overview-cascade", "prices-list", "prices-academic"] * 2
    shown = [_exhibit(real, reference) for reference in wanted]
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda exhibit: picture.render_anew(exhibit, "png", "wide", 1), shown))
    assert [_opened(content).text["Title"] for content in made] == [exhibit.chart.title for exhibit in shown]
    assert [_opened(content).tobytes() for content in made[:4]] == [_opened(content).tobytes() for content in made[4:]]
    assert len({_opened(content).tobytes() for content in made}) == 4


def test_what_there_is_not_is_refused(real: Dataset) -> None:
    exhibit = _exhibit(real, "overview-cascade")
    for wrong in ({"format": "gif"}, {"size": "huge"}, {"scale": 3}):
        with pytest.raises(ValueError, match="no picture"):
            picture.render(exhibit, **wrong)  # type: ignore[arg-type]


def test_a_killed_chromium_is_replaced() -> None:
    drawer = Renderer(tabs=1)
    try:
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 2)).size == (400, 200)
        first = drawer.process_id
        assert first
        os.killpg(first, signal.SIGKILL)
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 1)).size == (200, 100)
        assert drawer.process_id not in (first, None)
    finally:
        drawer.close()
    assert drawer.process_id is None


def test_an_idle_chromium_ends_and_the_next_picture_starts_another() -> None:
    drawer = Renderer(tabs=1, idle=0.3)
    try:
        drawer.draw(SMALL, "png", 200, 100, 1)
        deadline = time.monotonic() + 60
        while (drawer.process_id or _folders()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert drawer.process_id is None
        assert not _folders()  # its files have gone with it
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 1)).size == (200, 100)
    finally:
        drawer.close()
    assert not _folders()


def _folders() -> list[str]:
    """Return the folders of Chromiums of this process, but for the shared one's."""
    shared = renderer.shared()._browser
    return [str(path) for path in Path(tempfile.gettempdir()).glob(f"{renderer._PREFIX}{os.getpid()}-*") if shared is None or path != shared.folder]


def test_no_room_for_files_is_said_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_settings: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    drawer = Renderer(tabs=1)
    try:
        with monkeypatch.context() as broken:
            broken.setattr(Path, "write_text", full)
            with pytest.raises(ExportError, match="No space left on device"):
                drawer.draw(SMALL, "png", 200, 100, 1)
            assert not _folders()
            broken.setattr(tempfile, "mkdtemp", full)
            with pytest.raises(ExportError, match="No space left on device"):
                drawer.draw(SMALL, "png", 200, 100, 1)
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 1)).size == (200, 100)
    finally:
        drawer.close()


def test_what_chromium_leaves_behind_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, renderer.__name__)
    renderer._note(asyncio.new_event_loop(), {"message": "Task exception was never retrieved", "exception": ValueError("lost")})
    assert "never retrieved" in caplog.text
    assert "lost" in caplog.text


def test_a_hung_chromium_is_given_up_and_replaced_and_others_are_told_that_it_is_busy() -> None:
    drawer = Renderer(tabs=1, waiting=1, seconds=20)
    try:
        drawer.draw(SMALL, "png", 200, 100, 1)
        group = drawer.process_id
        assert group
        drawer._browser._timeout = 15  # for the one that hangs: long enough to be asked meanwhile, on a busy machine too
        os.killpg(group, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as threads:
            hung = threads.submit(drawer.draw, SMALL, "png", 200, 100, 1)
            while not drawer._asked:
                time.sleep(0.01)
            with pytest.raises(Busy, match="few seconds"):
                drawer.draw(SMALL, "png", 200, 100, 1)
            with pytest.raises(TooSlow, match="too long"):
                hung.result(90)
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 1)).size == (200, 100)
    finally:
        drawer.close()


def test_who_waits_too_long_is_told_and_chromium_goes_on_with_the_others() -> None:
    drawer = Renderer(tabs=1)
    try:
        drawer.draw(SMALL, "png", 200, 100, 1)
        group = drawer.process_id
        assert group
        drawer._patience = 1  # from here on: the start may take longer on a busy machine
        os.killpg(group, signal.SIGSTOP)
        with pytest.raises(TooSlow, match="too long"):
            drawer.draw(SMALL, "png", 200, 100, 1)
        os.killpg(group, signal.SIGCONT)
        drawer._patience = renderer.PATIENCE
        assert _opened(drawer.draw(SMALL, "png", 200, 100, 1)).size == (200, 100)
        assert drawer.process_id == group
    finally:
        drawer.close()


def test_a_chromium_that_does_not_start_is_said_and_its_cause_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    drawer = Renderer(tabs=1)
    try:
        with pytest.raises(NoBrowser, match="does not start") as raised:
            drawer.draw(SMALL, "png", 200, 100, 1)
    finally:
        drawer.close()
    assert raised.value.__cause__ is not None
    assert [record.exc_info for record in caplog.records if "does not start" in record.message] != [None]
    assert not _folders()


_DRAW_AND_END = """
import itertools, threading
from contextlib import suppress
import plotly.graph_objects as go
from indicators.export.renderer import shared

def write():  # as Chromium does, until its end, and at its end most of all
    for number in itertools.count():
        if shared().process_id is None:
            return
        with suppress(OSError):
            for profile in folder.glob("*/Default"):
                (profile / str(number)).mkdir()
                (profile / str(number) / "file").write_text("")

print(len(shared().draw(go.Figure(go.Bar(x=[1], y=[2])).to_dict(), "png", 300, 200, 1)), shared()._browser.folder, flush=True)
folder = shared()._browser.folder
threading.Thread(target=write, daemon=True).start()
"""


def test_a_process_that_ends_says_nothing_of_it_and_leaves_no_files() -> None:
    ended = subprocess.run([sys.executable, "-c", _DRAW_AND_END], cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)
    assert ended.stderr == ""
    assert ended.returncode == 0
    size, folder = ended.stdout.split()
    assert int(size) > 500
    assert not Path(folder).exists()


def test_chromiums_files_are_removed_by_the_drawer_alone() -> None:
    renderer.shared().draw(SMALL, "png", 200, 100, 1)
    browser = renderer.shared()._browser
    browser._browser_impl.clean()  # as Choreographer does in the event loop, where it may wait for seconds
    assert list(browser.folder.glob("*/Default"))


_ASK = """
import sys
import plotly.graph_objects as go
from indicators.export.renderer import Renderer
drawer = Renderer(tabs=1, flags=tuple(sys.argv[1:]))
try:
    print(len(drawer.draw(go.Figure(go.Choropleth(locations=["BRA"], z=[1])).to_dict(), "png", 300, 200, 1)), drawer.process_id, flush=True)
except Exception as error:
    print(type(error).__name__, error, flush=True)
sys.stdin.read()
drawer.close()
"""


def _asked(*flags: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _ASK, *flags]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_missing_chromium_is_said_with_what_to_install() -> None:
    asked = _asked(BROWSER_PATH="/nowhere/chromium")
    said, _errors = asked.communicate(timeout=180)
    assert said.startswith(NoBrowser.__name__)
    assert "apt-get install chromium" in said
    assert "BROWSER_PATH" in said


def test_no_process_stays_behind_when_the_server_is_told_to_end() -> None:
    asked = _asked()
    assert asked.stdout is not None
    said = asked.stdout.readline()  # comes in any case: a picture that can't be had is given up, and said
    try:
        assert re.fullmatch(r"\d+ \d+\n", said), said
    finally:
        asked.terminate()
        asked.communicate(timeout=60)
    group = int(said.split()[1])
    deadline = time.monotonic() + 60
    while _group_lives(group) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _group_lives(group)


def _group_lives(group: int) -> bool:
    listed = subprocess.run(["ps", "-e", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout.split("\n")
    return any(line.split()[0] == str(group) and not line.split()[1].startswith("Z") for line in listed if line.strip())


def test_a_map_is_drawn_without_a_byte_over_the_network(tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    asked = _asked(f"--log-net-log={log}")
    said, _errors = asked.communicate(timeout=180)
    assert re.fullmatch(r"\d+ \d+\n", said), said
    assert int(said.split()[0]) > 1000
    text = log.read_text(encoding="utf-8")
    found = json.loads(text if text.rstrip().endswith("}") else text.rstrip().rstrip(",") + "]}")
    kinds = {code: name for name, code in found["constants"]["logEventTypes"].items()}
    seen = {kinds[event["type"]] for event in found["events"]}
    assert seen  # the log was kept
    assert not {kind for kind in seen if kind.endswith(("BYTES_SENT", "BYTES_RECEIVED")) or kind in ("TCP_CONNECT", "TCP_CONNECT_ATTEMPT")}
    asked_for = set(re.findall(r'"url":"(https?://[^/"]+)', text))
    assert not {address for address in asked_for if "plot" in address or "cdn" in address or "jax" in address}
