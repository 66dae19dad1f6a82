"""What was computed once and may be asked for again: kept within one limit for all days of a dataset, the least used forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_NOTHING: Any = object()  # a result may be None


class Memory:
    """Results by their owner (the key of a dataset as of a day) and key; no more than ``most`` of all owners together."""

    results_made = 0  # by all memories of the process since it began; who keeps house sees by it that something new is kept

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[tuple[str, Hashable], Any] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._results)

    def remember(self, owner: str, key: Hashable, compute: Callable[[], _Result]) -> _Result:
        """Return the result kept under ``key`` of ``owner``, computing it where there is none; all who ask at once get the same object."""
        name = (owner, key)
        with self._lock:
            own = self._results.get(name, _NOTHING)
            if own is not _NOTHING:
                self._results.move_to_end(name)
                return own
        own = compute()  # outside the lock: a result may need other results
        Memory.results_made += 1
        with self._lock:
            own = self._results.setdefault(name, own)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
            return own

    def forget(self, owner: str) -> None:
        """Forget all that one owner has."""
        with self._lock:
            for name in [name for name in self._results if name[0] == owner]:
                del self._results[name]
