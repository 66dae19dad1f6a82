"""The picture of a figure's body for a slide, whose title, legend and sources are the slide's own."""

from __future__ import annotations

from indicators.charts import pixels
from indicators.charts.fitting import fitted
from indicators.exhibits import Exhibit
from indicators.export import renderer

POINTS_PER_PIXEL = 0.92  # a figure's type of 13 pixels is 12 points on a slide
LEAST_SCALE = 0.8  # of the type, which is then about 10 points: smaller can't be read in a room, larger would leave out more rows
_SCALE = 2


def body(exhibit: Exhibit, width: float, height: float) -> tuple[bytes, str]:
    """Return a figure as PNG for a frame of a slide (points), and what the slide must say of it ("" for nothing).

    Raises ExportError where there is nothing to draw with.
    """
    fit = fitted(exhibit.chart, width / POINTS_PER_PIXEL, height / POINTS_PER_PIXEL, least=LEAST_SCALE)
    figure = pixels.plain(fit.figure)
    figure["layout"] |= {"paper_bgcolor": exhibit.style.paper, "plot_bgcolor": exhibit.style.paper}
    layout = figure["layout"]
    return renderer.shared().draw(figure, "png", round(layout["width"]), round(layout["height"]), _SCALE), fit.note
