"""Files that are made when somebody presses their button."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context


def later(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return ``make`` for a button's press: Streamlit calls it in a thread of its own, which knows nothing of the reader's language."""
    context = copy_context()
    return lambda: context.copy().run(make)
