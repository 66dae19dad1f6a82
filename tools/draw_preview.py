"""Draw static/preview.png, which link previews show where no figure can be drawn. Run from the project: python -m tools.draw_preview

It shows no number and no colour that means something, for it does not change with the data.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from api import assets, previews
from bench.serving import CHROMIUM_FLAGS, ROOT, chromium, serve
from indicators.charts.template import LIGHT

_BODY = f"""
<style>
body {{ margin: 0; width: {previews.WIDTH}px; height: {previews.HEIGHT}px; overflow: hidden; background: {LIGHT.paper}; position: relative; }}
#map {{ position: absolute; left: 262px; top: 40px; width: 930px; height: 560px; }}
main {{ position: absolute; left: 72px; top: 64px; width: 660px; }}
i {{ display: block; width: 76px; height: 8px; background: {LIGHT.accent}; margin-bottom: 34px; }}
h1 {{ margin: 0; font: 600 76px/1.05 SourceSerif; color: {LIGHT.ink}; }}
p {{ margin: 28px 0 0; width: 470px; font: 400 29px/1.4 Inter; color: {LIGHT.ink}; }}
</style>
<div id="map"></div>
<main><i></i><h1>CAR-T<br>Access Atlas</h1><p>Where CAR-T cell therapy is approved, what it costs, who pays and where it is made.</p></main>
"""
_DRAW = """() => Plotly.newPlot("map", [{type: "scattergeo", lon: [], lat: []}], {
  paper_bgcolor: "rgba(0,0,0,0)", margin: {l: 0, r: 0, t: 0, b: 0}, showlegend: false,
  geo: {projection: {type: "natural earth"}, lataxis: {range: [-57, 84]}, bgcolor: "rgba(0,0,0,0)", showframe: false, showcoastlines: false,
    showland: true, landcolor: "#DCE9E6", showcountries: false}},
  {topojsonURL: "app/static/geo/", staticPlot: true})"""


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder, serve(ROOT / "server.py", Path(folder) / "log.txt") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": previews.WIDTH, "height": previews.HEIGHT})
        page.goto(f"{server.address}/present?deck=nothing")  # for its typefaces
        page.evaluate("html => { document.body.innerHTML = html }", _BODY)
        page.add_script_tag(url=assets.path(assets.PLOTLY))
        page.evaluate(_DRAW)
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(800)
        page.screenshot(path=ROOT / "static" / "preview.png")
        browser.close()


if __name__ == "__main__":
    main()
