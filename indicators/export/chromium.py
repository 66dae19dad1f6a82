"""Kaleido's browser as pictures need it: flags that keep it off the network, one page for all pictures, and a sure end.

This imports Kaleido: import it only where a picture is drawn.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from choreographer.browsers.chromium import Chromium
from choreographer.utils import TmpDirectory
from kaleido import Kaleido

from indicators.export import renderer

_PICTURES_PER_PAGE = 200  # after so many a tab's page is loaded anew, for what Plotly may have left behind
_RELOAD_SECONDS = 10
_LEAVE_SECONDS = 10.0  # in which the last of Chromium's processes will have written their last
# Waits until this process has gone, which closes its input, even by a signal that leaves no time to clean up.
_GUARD = 'cat > /dev/null; kill -KILL "-$1"; sleep 0.2; rm -rf "$2"'

for _name in ("kaleido", "choreographer", "logistro", "browser_proc"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class _Profile(TmpDirectory):
    """Where Chromium keeps its files: a part of the drawer's folder, and removed with it alone.

    Choreographer's own folder removes itself at the end of this process, which may come before Chromium's, and fails while that
    writes; and when it is told to, it waits for seconds in the event loop that all pictures share.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.exists = path, True
        path.mkdir(exist_ok=True)

    def clean(self) -> None:
        """Leave everything to the drawer."""


class Drawer(Kaleido):
    """A Chromium with tabs that draw; it keeps its files in ``folder``."""

    def __init__(self, tabs: int, seconds: float, page: Path, folder: Path, flags: Sequence[str]) -> None:
        class Flagged(Chromium):
            def get_cli(self) -> Sequence[str]:
                return [*super().get_cli(), *flags]

            def pre_open(self) -> None:
                self.tmp_dir = _Profile(folder / "profile")

        super().__init__(n=tabs, timeout=seconds, page_generator=page, browser_cls=Flagged, enable_extensions=False)
        self.folder = folder
        self.is_ending = False
        self._has_left = False
        self._drawn: dict[int, int] = {}
        self._guard: subprocess.Popen[bytes] | None = None

    async def open(self) -> None:
        """Start Chromium, and a guard that ends it when this process ends, however it does."""
        await super().open()
        command = ["/bin/sh", "-c", _GUARD, "guard", str(self.subprocess.pid), str(self.folder)]
        self._guard = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def is_alive(self) -> bool:
        """Say whether Chromium runs."""
        return hasattr(self, "subprocess") and self.subprocess.poll() is None

    def kill(self) -> None:
        """End Chromium at once, with all its processes."""
        if hasattr(self, "subprocess") and not self._has_left:  # later its number may be another's
            renderer.kill_group(self.subprocess.pid)

    def leave(self) -> None:
        """Remove Chromium's files; it must have been told to end, and this waits in the caller's thread until nothing writes any more."""
        if self._guard is not None:
            with suppress(OSError, ValueError, subprocess.TimeoutExpired):
                self._guard.communicate(timeout=5)
        self._has_left = True
        deadline = time.monotonic() + _LEAVE_SECONDS
        while True:
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists() or time.monotonic() > deadline:
                return
            time.sleep(0.05)

    async def _return_kaleido_tab(self, tab: Any) -> None:
        """Put a tab back as it is: loading plotly.js anew after each picture takes longer than most pictures."""
        count = self._drawn[id(tab)] = self._drawn.get(id(tab), 0) + 1
        if count % _PICTURES_PER_PAGE == 0 and self.is_alive():
            with suppress(Exception):
                await asyncio.wait_for(tab.reload(), _RELOAD_SECONDS)
        await self.tabs_ready.put(tab)
