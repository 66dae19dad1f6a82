"""Where the names of dots can stand without covering each other: a few simple places, and none where nothing is free."""

from __future__ import annotations

from collections.abc import Sequence

_LETTER = 0.56  # the width of a letter, in font sizes, on average
_LINE = 1.25  # the height of a line, in font sizes
_GAP = 8  # pixels from a dot's middle to its name

# A name's place as Plotly calls it, and how far the text's middle is moved: in half widths and half heights.
_PLACES = (("middle right", 1, 0), ("middle left", -1, 0), ("top center", 0, -1), ("bottom center", 0, 1))

Box = tuple[float, float, float, float]  # left, top, right, bottom


_ACROSS: dict[str, dict[str, object]] = {
    "left": {"xanchor": "right", "xshift": -_GAP},
    "right": {"xanchor": "left", "xshift": _GAP},
    "center": {"xanchor": "center"},
}
_DOWN: dict[str, dict[str, object]] = {
    "top": {"yanchor": "bottom", "yshift": _GAP},
    "bottom": {"yanchor": "top", "yshift": -_GAP},
    "middle": {"yanchor": "middle"},
}


def anchors(place: str) -> dict[str, object]:
    """Return what a Plotly annotation at a dot needs to stand at a place of :func:`places`."""
    down, across = place.split()
    return _ACROSS[across] | _DOWN[down]


def places(dots: Sequence[tuple[float, float, str]], size: tuple[float, float], font: float = 12) -> list[str]:
    """Return for each dot the place of its name beside it (Plotly's ``textposition``), "" where none is free.

    ``dots`` are x and y in pixels from the left upper corner, and the name; earlier ones choose first. ``size`` is the
    width and height of the plot in pixels. Names keep clear of all dots, of each other, and of the plot's edges.
    """
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y, _name in dots]
    found = []
    for number, (x, y, name) in enumerate(dots):
        if not name:  # a dot that others keep clear of, and no more
            found.append("")
            continue
        half_width, half_height = len(name) * _LETTER * font / 2, _LINE * font / 2
        own = ""
        for place, right, down in _PLACES:
            middle_x, middle_y = x + right * (half_width + _GAP), y + down * (half_height + _GAP)
            box = (middle_x - half_width, middle_y - half_height, middle_x + half_width, middle_y + half_height)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
            if inside and not any(_overlap(box, other) for index, other in enumerate(taken) if index != number):
                own = place
                taken.append(box)
                break
        found.append(own)
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
