"""A page being laid out: its size, the boxes on it, and what is written and drawn on it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from indicators.charts.template import Style

TIED = "\u00a0"  # between words that stay on one line; drawn as an ordinary space, so that the text can be searched
TEXT_LINE = 1.36  # height of a line of text, in letter sizes


@dataclass(frozen=True, slots=True)
class Size:
    """A size of pictures, in pixels at scale 1: its sides, its margin, its type, and how large and small figures are drawn in it."""

    code: str
    text: str
    width: int
    height: int
    margin: int
    title: float
    subtitle: float
    footer: float
    zoom: float
    least: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a part of a picture stands, in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Page:
    """A picture being laid out: its size and style, and what stands on it so far."""

    size: Size
    style: Style
    boxes: dict[str, Box] = field(default_factory=dict)
    texts: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[tuple[float, float, dict[str, Any]]] = field(default_factory=list)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.size.width - 2 * self.size.margin

    def write(self, text: str, at: float, middle: float, align: str = "left", **font: Any) -> None:
        """Write a line of text that begins (``align`` left) or ends (right) at ``at``, its middle at ``middle``."""
        self.texts.append({"text": text.replace(TIED, " "), "at": at, "middle": middle, "align": align, "font": font})

    def draw(self, left: float, top: float, **shape: Any) -> None:
        """Draw a shape in pixels around a point, upwards positive."""
        self.shapes.append((left, top, shape))
