"""Chromium kept up to draw pictures: started when one is asked for, replaced when it hangs or breaks, ended when idle and with the process.

Kaleido runs in an event loop on a thread of its own, so that whoever asks waits in their own thread and nobody else does.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from pathlib import Path
from typing import Any

from indicators.export import drawing_page
from indicators.export.errors import Busy, ExportError, NoBrowser, TooSlow
from indicators.language import _

SECONDS = 20.0  # that a picture may take once a tab is free
PATIENCE = 90.0  # seconds that whoever asks for a picture waits in all: for Chromium to start, for a tab, and for the drawing
WAITING = 24  # pictures that may wait or be drawn at a time
IDLE_SECONDS = 300.0  # without a picture, after which Chromium is ended: it holds hundreds of megabytes
_START_SECONDS = 45.0  # less than the patience, so that whoever asks is told why
_LOG = logging.getLogger(__name__)
_PAGE = "page.html"
_PREFIX = "car-t-access-atlas-pictures-"
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-extensions-with-background-pages",
    "--disable-field-trial-config",
    "--disable-search-engine-choice-screen",
    "--no-service-autorun",
    "--disable-features=NetworkTimeServiceQuerying,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name is ever looked up
)


class Renderer:
    """Draws figures, ``tabs`` at a time; at most ``waiting`` may be asked for at once, and each may take ``seconds``.

    Nobody waits longer than ``patience`` seconds, in the queue and for the drawing together. After ``idle`` seconds without work Chromium is ended; the next picture starts it again.
    """

    def __init__(
        self,
        tabs: int = 2,
        waiting: int = WAITING,
        seconds: float = SECONDS,
        flags: tuple[str, ...] = (),
        idle: float = IDLE_SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self._tabs, self._waiting, self._seconds, self._flags = tabs, waiting, seconds, (*_FLAGS, *flags)
        self._idle, self._patience = idle, patience
        self._lock = threading.Lock()
        self._asked = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._browser: Any = None
        self._opening: asyncio.Lock | None = None
        self._endings: set[asyncio.Future[None]] = set()
        self._at_work = 0  # this and the next belong to the loop's thread
        self._resting: asyncio.TimerHandle | None = None

    @property
    def process_id(self) -> int | None:
        """The process of Chromium's launcher, whose group all of Chromium is in; None while there is none."""
        browser = self._browser
        return browser.subprocess.pid if browser is not None and browser.subprocess.poll() is None else None

    def draw(self, figure: dict[str, Any], kind: str, width: int, height: int, scale: float) -> bytes:
        """Return a figure (as Plotly writes it) as ``png``, ``svg`` or ``pdf``; waits for it in the caller's thread.

        Raises NoBrowser, Busy, TooSlow, or ExportError for a figure that can't be drawn.
        """
        with self._lock:
            if self._asked >= self._waiting:
                raise Busy(_("Too many pictures are being drawn at the moment. Try again in a few seconds."))
            self._asked += 1
        try:
            future = self._submit(self._drawn(figure, {"format": kind, "width": width, "height": height, "scale": scale}))
            try:
                return future.result(self._patience)
            except NotInTime:
                future.cancel()  # Chromium goes on with the pictures of others; one that hangs is given up in its own time
                raise TooSlow(_too_slow()) from None
        finally:
            with self._lock:
                self._asked -= 1

    def _submit(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                self._loop = asyncio.new_event_loop()
                self._loop.set_exception_handler(_note)
                self._opening, self._at_work, self._resting = None, 0, None
                threading.Thread(target=self._loop.run_forever, name="atlas-pictures", daemon=True).start()
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _drawn(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        loop = asyncio.get_running_loop()
        self._at_work += 1
        if self._resting is not None:
            self._resting.cancel()
        try:
            return await self._draw(figure, options)
        finally:
            if self._loop is loop:  # not closed in the meantime
                self._at_work -= 1
                if not self._at_work:
                    self._resting = loop.call_later(self._idle, self._rest)

    def _rest(self) -> None:
        """End a browser that nobody has needed for a while."""
        if self._browser is not None and not self._at_work:
            browser, self._browser = self._browser, None
            self._follow(self._end(browser, gently=True))

    async def _draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        from kaleido.errors import JavascriptError, KaleidoError

        for is_last in (False, True):  # a browser that has ended is replaced, once
            browser = await self._opened()
            try:
                # In a task of its own: Kaleido cancels the tasks that wait for it when its browser ends.
                return bytes(await asyncio.create_task(browser.calc_fig(figure, options)))
            except TimeoutError:
                self._give_up(browser)
                raise TooSlow(_too_slow()) from None
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise
                self._give_up(browser)  # its channel was closed, and with it every answer was cancelled
                _LOG.warning("Chromium ended while it drew a picture", exc_info=True)
            except (KaleidoError, JavascriptError) as error:  # the page's own words: the figure is at fault, not the browser
                raise ExportError(_("The picture could not be drawn: {reason}").format(reason=str(error)[:200])) from error
            except Exception:  # a channel that is closed, in one of many ways
                self._give_up(browser)
                _LOG.warning("Chromium ended while it drew a picture", exc_info=True)
            if is_last:
                break
        raise NoBrowser(_("Chromium ended while it drew the picture. Try again; if that does not help, look into the server's log."))

    async def _opened(self) -> Any:
        self._opening = self._opening or asyncio.Lock()
        async with self._opening:
            if self._browser is not None and self._browser.is_alive():
                return self._browser
            if self._browser is not None:
                self._give_up(self._browser)
            self._browser = await self._start()
            return self._browser

    async def _start(self) -> Any:
        from choreographer.errors import ChromeNotFoundError

        from indicators.export.chromium import Drawer

        folder = _folder()
        try:
            browser = Drawer(self._tabs, self._seconds, folder / _PAGE, folder, self._flags)
        except (ChromeNotFoundError, FileNotFoundError):
            shutil.rmtree(folder, ignore_errors=True)
            raise NoBrowser(no_browser()) from None
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        try:
            await asyncio.wait_for(browser.open(), _START_SECONDS)
        except (Exception, asyncio.CancelledError) as error:
            _LOG.warning("Chromium does not start", exc_info=True)
            browser.kill()
            await asyncio.get_running_loop().run_in_executor(None, browser.leave)
            reason = str(error.args[0] if error.args else type(error).__name__)[:200]
            raise NoBrowser(
                _(
                    "Chromium is there but does not start: {reason} Install it anew (Debian: apt-get install chromium), or set BROWSER_PATH to one that works."
                ).format(reason=reason)
            ) from error
        return browser

    def _give_up(self, browser: Any) -> None:
        """End a browser and clean up behind it, while others are drawn by the next one already."""
        if self._browser is browser:
            self._browser = None
        browser.kill()
        self._follow(self._end(browser))

    def _follow(self, work: Coroutine[Any, Any, None]) -> None:
        """Do work that nobody waits for, but that must not be forgotten before it is done."""
        ending = asyncio.ensure_future(work)
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end(self, browser: Any, gently: bool = False) -> None:
        if self._browser is browser:
            self._browser = None
        if not gently:
            browser.kill()
        if browser.is_ending:  # several pictures may have noticed
            return
        browser.is_ending = True
        with suppress(Exception, asyncio.CancelledError):
            await asyncio.wait_for(browser.close(), 5)
        browser.kill()
        await asyncio.get_running_loop().run_in_executor(None, browser.leave)

    def close(self) -> None:
        """End Chromium and its thread; the next picture starts them again."""
        with self._lock:
            loop, browser = self._loop, self._browser
            self._loop = None
        if loop is None:
            return
        if browser is not None:
            with suppress(Exception):
                asyncio.run_coroutine_threadsafe(self._end(browser, gently=True), loop).result(8)
            browser.kill()
            browser.leave()
        self._browser = None
        with suppress(Exception):  # browsers that were given up, or had rested, may still be ending
            asyncio.run_coroutine_threadsafe(self._ended(), loop).result(8)
        loop.call_soon_threadsafe(loop.stop)

    async def _ended(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        if self._endings:
            await asyncio.wait(self._endings, timeout=6)


def _folder() -> Path:
    """Return a new folder with the page that Chromium opens. Raises ExportError where it can't be written, and leaves nothing."""
    folder = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        (folder / _PAGE).write_text(drawing_page.html(), encoding="utf-8")
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        text = _("The picture needs room for files of its own, and they could not be written: {reason}. Free some room in the folder for temporary files.")
        raise ExportError(text.format(reason=error.strerror or type(error).__name__)) from error
    return folder


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Note what a browser that ends leaves behind: whoever asked for a picture is told otherwise."""
    _LOG.debug("left behind by Chromium: %s", context.get("message"), exc_info=context.get("exception"))


def no_browser() -> str:
    """Return what to say where there is no Chromium."""
    return _(
        "Pictures are drawn with Chromium, and there is none on this machine. Install it (Debian: apt-get install chromium), or set BROWSER_PATH to where it is."
    )


def _too_slow() -> str:
    return _("The picture took too long and was given up. Try again, or choose a smaller one.")


def kill_group(process_id: int) -> None:
    """End a process that leads a group, and all that are in the group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process_id, signal.SIGKILL)


_shared: Renderer | None = None
_shared_lock = threading.Lock()


def shared() -> Renderer:
    """Return the process's own renderer, which ends with it."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Renderer(tabs=max(1, min(os.cpu_count() or 1, 4)))
            atexit.register(_shared.close)
        return _shared
