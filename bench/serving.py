"""A Streamlit server of one's own on a free port, and a Chromium that asks nothing of the outside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
_START_SECONDS = 180  # a busy machine may take long; one that does not start ends by itself
_PORTS = 5  # to try, where others take them first


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address without a slash at the end, and the file it logs to."""

    address: str
    log: Path

    def log_text(self) -> str:
        """Return what the server has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def chromium() -> str:
    """Return the path of the system's Chromium. Raises FileNotFoundError where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise FileNotFoundError("Chromium is not installed")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    script: Path, log: Path, environment: Mapping[str, str] | None = None, module: str = "streamlit", folder: Path = ROOT, health: str = "/_stcore/health"
) -> Iterator[Server]:
    """Run a Streamlit script on 127.0.0.1 until the block ends, then end that process and no other.

    ``module`` is the program that understands Streamlit's command line; ``folder`` the one whose ``.streamlit`` counts;
    ``health`` the path that tells when it is ready.
    """
    command = [sys.executable, "-m", module, "run", str(script), "--server.address=127.0.0.1"]
    # Other people's edits must not rerun a page in the middle of a measurement or a test; no statistics go anywhere.
    command += ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    for is_last in [False] * (_PORTS - 1) + [True]:
        port = _free_port()
        server = Server(f"http://127.0.0.1:{port}", log)
        with log.open("wb") as output:
            process = subprocess.Popen([*command, f"--server.port={port}"], cwd=folder, env=variables, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_healthy(server, process, health)
            yield server
            return
        except _EndedAtOnce:
            # Between finding a free port and the server's taking it, another process may have been given the same one.
            if is_last or f"Port {port} is not available" not in server.log_text():
                raise
        finally:
            _end(process)


class _EndedAtOnce(RuntimeError):
    """The server ended before it answered."""


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes], health: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise _EndedAtOnce(f"the server ended with {process.returncode}:\n{server.log_text()}")
        try:
            with urllib.request.urlopen(server.address + health, timeout=2) as answer:
                # Another process's server may answer at a port that ours finds taken: ours says its address when it has it.
                if answer.status == 200 and server.address in server.log_text():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start in {_START_SECONDS} seconds:\n{server.log_text()}")
