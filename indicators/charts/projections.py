"""How wide a map is for its height, by its projection and its window on the world."""

from __future__ import annotations

import math
from typing import Any


def aspect(geo: dict[str, Any]) -> float:
    """Return the width of a map divided by its height; ``geo`` is a plain layout's, with a projection of ours and both ranges."""
    west, east = (math.radians(degrees) for degrees in geo["lonaxis"]["range"])
    south, north = (math.radians(degrees) for degrees in geo["lataxis"]["range"])
    if geo.get("projection", {}).get("type") == "mercator":
        return (east - west) / (_mercator(north) - _mercator(south))
    widest = max(_natural_width(latitude) for latitude in (south, north, 0.0 if south < 0 < north else south))
    return (east - west) * widest / (_natural_height(north) - _natural_height(south))


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + latitude / 2))


def _natural_width(latitude: float) -> float:
    """Return the length of a radian of longitude at a latitude, by Šavrič's polynomial for the Natural Earth projection."""
    square = latitude**2
    return 0.8707 - 0.131979 * square + square**2 * (-0.013791 + square**2 * (0.003971 * square - 0.001529 * square**2))


def _natural_height(latitude: float) -> float:
    square = latitude**2
    return latitude * (1.007226 + square * (0.015085 + square**2 * (-0.044475 + 0.028874 * square - 0.005916 * square**2)))
