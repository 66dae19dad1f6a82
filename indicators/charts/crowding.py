"""Room on a crowded figure: dots that would hide each other move apart, and names stand where they overlap nothing.

A figure is as wide as the reader's screen lets it be, so a place that is free at one width may not be at another. Here a
place counts as free when it is at every width between the narrowest and the widest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.charts import lettering


@dataclass(frozen=True, slots=True)
class Plot:
    """The area in which dots stand, in pixels: its height, and the widths that it may have."""

    height: float
    narrow: float
    wide: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot: its place along the width as a share from the left, its pixels from the top, and its radius."""

    share: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name to set beside a dot; one that ``must`` be there may stand farther off, on a line."""

    key: str
    text: str
    dot: Dot
    bold: bool = False
    must: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: pixels from its dot (right and down) to its nearest edge, and whether a line leads there."""

    x: float
    y: float
    anchor: str  # left, center or right edge of the text
    has_line: bool


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle that moves with the width: a share of it, and pixels to its left and right edges."""

    share: float
    left: float
    right: float
    top: float
    bottom: float

    def is_clear_of(self, other: _Box, plot: Plot) -> bool:
        if self.bottom <= other.top or other.bottom <= self.top:
            return True
        # Edges move in proportion to the width, so what is on one side at both ends is there at every width between.
        ends = [(other.share - self.share) * width for width in (plot.narrow, plot.wide)]
        return all(end + other.left >= self.right for end in ends) or all(end + other.right <= self.left for end in ends)

    def is_inside(self, plot: Plot) -> bool:
        ends = [self.share * width for width in (plot.narrow, plot.wide)]
        return (
            self.top >= 0
            and self.bottom <= plot.height
            and all(end + self.left >= 0 and end + self.right <= width for end, width in zip(ends, (plot.narrow, plot.wide), strict=True))
        )


_GAP = 3.0  # pixels between a dot and its name
_AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_FARTHER = (18, 30, 44, 60, 80)
_ANCHORS = {1: "left", 0: "center", -1: "right"}


def place_names(names: Sequence[Name], dots: Sequence[Dot], plot: Plot, size: float) -> dict[str, Place]:
    """Return where names stand, by key, the first of ``names`` first; one for which there is no room is left out.

    ``dots`` are all dots of the figure: no name lies over one. ``size`` is that of the letters, in pixels.
    """
    drawn = [(dot, _Box(dot.share, -dot.radius, dot.radius, dot.y - dot.radius, dot.y + dot.radius)) for dot in dots]
    written: list[_Box] = []
    places: dict[str, Place] = {}
    for name in names:
        taken = [*written, *(box for dot, box in drawn if dot != name.dot)]
        for place in _candidates(name):
            box = _box(name, place, size)
            if box.is_inside(plot) and all(box.is_clear_of(other, plot) for other in taken):
                written.append(box)
                places[name.key] = place
                break
    return places


def _candidates(name: Name) -> list[Place]:
    near = [
        # Beside a dot the text starts at its rim; at a corner it may come closer, for the rim curves away.
        Place(
            across * (name.dot.radius * (0.75 if down else 1) + _GAP) if across else 0,
            down * (name.dot.radius * (0.75 if across else 1) + _GAP),
            _ANCHORS[across],
            False,
        )
        for across, down in _AROUND
    ]
    if not name.must:
        return near
    ways = [(name.dot.radius + more, way) for more in _FARTHER for way in _AROUND]
    return near + [Place(across * away, down * away, _ANCHORS[across], True) for away, (across, down) in ways]


def _box(name: Name, place: Place, size: float) -> _Box:
    wide = lettering.width(name.text, size, name.bold) + 2
    high = size * lettering.LINE
    left = {"left": place.x, "center": place.x - wide / 2, "right": place.x - wide}[place.anchor]
    # Above a dot it is the text's lower edge that is near, below it the upper one.
    top = name.dot.y + (place.y - high if place.y < 0 else place.y if place.y > 0 else -high / 2)
    return _Box(name.dot.share, left, left + wide, top, top + high)


def spread(along: Sequence[float], across: Sequence[float], radii: Sequence[float], band: float) -> list[float]:
    """Return how far dots move across a band so that those close to each other stay visible; in pixels, at most to its edges.

    ``along`` is their place along the band, which they keep, ``across`` the middle of their own band. Larger dots stay,
    smaller ones move.
    """
    moved = [0.0] * len(along)
    done: list[int] = []
    for index in sorted(range(len(along)), key=lambda number: (-radii[number], along[number])):
        near = [other for other in done if across[other] == across[index] and abs(along[other] - along[index]) < radii[other] + radii[index]]
        reach = max(band / 2 - radii[index], 0)
        tries = [0.0, *(side * step for step in _steps(radii[index], reach) for side in (1, -1))]

        def room(offset: float, index: int = index, near: list[int] = near) -> float:
            """Return how far the nearest dot is, in pixels from rim to rim."""
            gaps = (((along[other] - along[index]) ** 2 + (moved[other] - offset) ** 2) ** 0.5 - radii[other] - radii[index] for other in near)
            return min(gaps, default=0.0)

        free = next((offset for offset in tries if room(offset) >= 0), None)
        moved[index] = max(tries, key=room) if free is None else free
        done.append(index)
    return moved


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Return places in order that are at least ``gap`` apart, each as near as can be to where it was; ``places`` are in order.

    Places too close to each other share the way that they must go: their middle stays.
    """
    groups: list[list[float]] = []  # each: the sum of where its first would stand, and how many it has
    for place in places:
        groups.append([place, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] + gap * groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1][0] += total - gap * groups[-1][1] * count
            groups[-1][1] += count
    return [total / count + gap * number for total, count in groups for number in range(int(count))]


def _steps(radius: float, reach: float) -> list[float]:
    step = max(radius, 2.0)
    return [step * number for number in range(1, int(reach / step) + 1)]
