// Rebuilds static/geo/world_110m.json from the geometry that the installed plotly.js publishes.
//
//   npm install plotly.js@4.1.1 && node tools/build_geometry.cjs node_modules/plotly.js static/geo
//
// Plotly asks for one file by this name and expects these layers. The atlas draws land and countries only, so the
// other layers are emptied and the lines that nobody refers to any more are dropped: a third of the size.
const fs = require("fs");
const path = require("path");

const [packageFolder, outputFolder] = process.argv.slice(2);
const source = fs.readFileSync(path.join(packageFolder, "dist", "plotly-geo-assets.js"), "utf8");
global.window = {};
const shell = { exports: {} };
new Function("module", "exports", "define", source).call({}, shell, shell.exports, undefined);
const world = (global.window.PlotlyGeoAssets || shell.exports).topojson.world_110m;

const KEPT = new Set(["countries", "land"]);
for (const [name, layer] of Object.entries(world.objects)) {
  if (!KEPT.has(name)) layer.geometries = [];
}
const renumbered = new Map();
const renumber = (arc) => {
  const index = arc < 0 ? ~arc : arc;
  if (!renumbered.has(index)) renumbered.set(index, renumbered.size);
  const now = renumbered.get(index);
  return arc < 0 ? ~now : now;
};
const walk = (arcs) => arcs.map((item) => (Array.isArray(item) ? walk(item) : renumber(item)));
for (const name of KEPT) {
  for (const shape of world.objects[name].geometries) shape.arcs = walk(shape.arcs);
}
const arcs = [];
for (const [before, now] of renumbered) arcs[now] = world.arcs[before];
world.arcs = arcs;
fs.writeFileSync(path.join(outputFolder, "world_110m.json"), JSON.stringify(world));
