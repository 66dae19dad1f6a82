"""A setting of a view: a name and codes of its own, so that an address says the same in every language and for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 100  # of words that a reader searches for


@dataclass(frozen=True)
class Setting:
    """A named setting. ``allowed`` turns the address's texts into a value, or raises ValueError with the bad part.

    ``default`` is left out of the address. ``is_global`` settings are carried from page to page. ``many`` settings have
    tuples of texts for values, others one text. ``takes`` says in a sentence what can be asked for, where no list shows it.
    """

    name: str
    default: Any
    allowed: Callable[[str], str]
    many: bool = False
    is_global: bool = False
    takes: Callable[[], str] | None = None

    @property
    def key(self) -> str:
        """The key of the setting's widget."""
        return f"control-{self.name}"

    def read(self, texts: Sequence[str]) -> tuple[Any, list[str]]:
        """Return the value that the texts of an address ask for, and those texts that are not allowed."""
        if not texts:
            return self.default, []
        chosen, bad = [], []
        if self.many:  # as people write lists: ?countries=BRA,IND
            texts = [part for text in texts for part in text.split(",")]
        for text in texts:
            try:
                chosen.append(self.allowed(text))
            except ValueError:
                bad.append(text)
        if self.many:
            return tuple(dict.fromkeys(chosen)), bad
        return (chosen[-1] if chosen else self.default), bad

    def write(self, value: Any) -> list[str]:
        """Return how an address says a value: not at all when it is the default."""
        if value == self.default:
            return []
        return list(value) if self.many else [value]


class OneOf:
    """A check that lets some codes pass; ``options`` lists them in their order."""

    def __init__(self, options: Iterable[str]) -> None:
        self.options = tuple(options)
        self._known = frozenset(self.options)

    def __call__(self, text: str) -> str:
        """Return a code that is known; raises ValueError for another."""
        if text not in self._known:
            raise ValueError(text)
        return text


def one_of(options: Iterable[str]) -> OneOf:
    """Return a check that lets the given codes pass."""
    return OneOf(options)


def words(text: str) -> str:
    """Let words to search for pass; raises ValueError for a text that is too long or has characters that nobody types."""
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise ValueError(text)
    return text


def parameters(values: Mapping[Setting, Any]) -> dict[str, list[str]]:
    """Return what an address says of some settings' values, in their order, the defaults left out."""
    return {setting.name: texts for setting, value in values.items() if (texts := setting.write(value))}
