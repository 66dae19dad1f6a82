"""Distances on the globe, and where countries roughly lie."""

from __future__ import annotations

import json
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the International Union of Geodesy and Geophysics
GEOMETRY = Path(__file__).resolve().parent.parent / "static" / "geo" / "world_110m.json"

_MARGIN_DEGREES = 0.6  # coasts are drawn coarsely at this scale
_SMALL_SQUARE_DEGREES = 1.5
_NEAR_CAPITAL_KM = 400  # for countries too small for the world map


def great_circle_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Return the great-circle distance between two points, in kilometres.

    Arguments are degrees north and east. Haversine formula on a sphere of mean radius (Sinnott RW, "Virtues of the
    haversine", Sky and Telescope 68(2):159, 1984); the error against the ellipsoid is below 0.6 %.
    """
    phi_1, phi_2 = radians(latitude_1), radians(latitude_2)
    half_latitude = (phi_2 - phi_1) / 2
    half_longitude = radians(longitude_2 - longitude_1) / 2
    h = sin(half_latitude) ** 2 + cos(phi_1) * cos(phi_2) * sin(half_longitude) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def great_circle_matrix_km(latitudes_1: ArrayLike, longitudes_1: ArrayLike, latitudes_2: ArrayLike, longitudes_2: ArrayLike) -> NDArray[np.float64]:
    """Return distances between two lists of n and m points as an n × m array of kilometres; see great_circle_km."""
    phi_1 = np.radians(np.asarray(latitudes_1, dtype=float))[:, None]
    phi_2 = np.radians(np.asarray(latitudes_2, dtype=float))[None, :]
    lambda_1 = np.radians(np.asarray(longitudes_1, dtype=float))[:, None]
    lambda_2 = np.radians(np.asarray(longitudes_2, dtype=float))[None, :]
    h = np.sin((phi_2 - phi_1) / 2) ** 2 + np.cos(phi_1) * np.cos(phi_2) * np.sin((lambda_2 - lambda_1) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h))))


Box = tuple[float, float, float, float]  # south, west, north and east edge, in degrees


@lru_cache(maxsize=1)
def country_shapes() -> dict[str, tuple[Box, ...]]:
    """Return for each country of the world map the box around each of its islands and pieces of mainland."""
    world = json.loads(GEOMETRY.read_text(encoding="utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        points = np.cumsum(np.array(arc, dtype=float), axis=0)
        arcs.append(np.column_stack([points[:, 0] * scale_x + shift_x, points[:, 1] * scale_y + shift_y]))
    shapes: dict[str, list[Box]] = {}
    for country in world["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        for outline, *_holes in polygons:
            points = np.vstack([arcs[number if number >= 0 else ~number] for number in outline])
            (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
            shapes.setdefault(country["id"], []).append((float(south), float(west), float(north), float(east)))
    return {iso3: tuple(boxes) for iso3, boxes in shapes.items()}


def is_small(iso3: str) -> bool:
    """Say whether a country is too small to see on the world map, or has no shape on it."""
    return all((north - south) * (east - west) < _SMALL_SQUARE_DEGREES for south, west, north, east in country_shapes().get(iso3, ()))


def near_country(iso3: str, latitude: float, longitude: float, capital: tuple[float, float] | None) -> bool:
    """Say whether a point lies in or near a country: in a box around one of its shapes, or near its capital if it has none."""
    boxes = country_shapes().get(iso3)
    if boxes is None:
        return capital is not None and great_circle_km(latitude, longitude, *capital) <= _NEAR_CAPITAL_KM
    return any(
        south - _MARGIN_DEGREES <= latitude <= north + _MARGIN_DEGREES and west - _MARGIN_DEGREES <= longitude <= east + _MARGIN_DEGREES
        for south, west, north, east in boxes
    )
