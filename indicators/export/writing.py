"""Writing a file whole or not at all: nobody ever reads a half of it, even when the program is killed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_MODE = 0o666  # as any program's files, less what the person's umask takes away


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then put it there, over an older one. Raises OSError, and leaves the older one then.

    What is no ordinary file, such as ``/dev/stdout``, is written to directly.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))  # a link stays a link
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:40]}-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else _MODE & ~_umask())
        os.replace(name, target)
    except BaseException:  # an interruption too
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
