// One figure in somebody else's page: drawn as wide as its frame, in the colours that were asked for; tells the page its height.
import { ask } from "./asking.js";
import { library } from "./library.js";

const card = document.querySelector(".card");
const { figure: address, root, texts } = JSON.parse(document.getElementById("embed").textContent);
const box = card.querySelector(".figure");
const NARROW = 480; // pixels
const wants = window.matchMedia("(prefers-color-scheme: dark)");
const style = () => {
  const theme = document.documentElement.dataset.theme;
  return theme === "auto" ? (wants.matches ? "dark" : "light") : theme;
};
let drawn = null, wasNarrow = false, ours = false; // whether the legend is in our list

function tellHeight() {
  window.parent?.postMessage({ type: "car-t-access-atlas:height", height: Math.ceil(card.getBoundingClientRect().height) }, "*");
}

// How high Plotly's own legend is about: in a narrow frame its entries stand below each other.
function legendHeight({ figure: { data, layout } }, width) {
  const names = new Set(data.filter(trace => trace.name && trace.showlegend !== false).map(trace => trace.name));
  if (layout.showlegend === false || names.size < 2 || ours) return 0;
  const abreast = Math.max(1, Math.floor(width / (45 + 7.2 * Math.max(...[...names].map(name => name.length)))));
  return 8 + 19 * Math.ceil(names.size / abreast);
}

// A map is as high as its width asks for; other figures have a height of their own, and more where their legend needs it.
function size(found) {
  const width = Math.max(box.clientWidth, found.minimum_width || 0);
  const own = found.figure.layout.height;
  const legend = legendHeight(found, width);
  if (ours && own) return { width, height: own };
  if (!own) return { width, height: Math.round(Math.min(Math.max(width * 0.47, 150), 640)) + legend };
  return { width, height: own + Math.max(0, legend - legendHeight(found, 800)) };
}

// Labels of an axis need room beside each other.
function roomy(layout, width) {
  if (width >= NARROW) return layout;
  const axes = Object.entries(layout).filter(([name, axis]) => name.startsWith("xaxis") && !axis.tickvals);
  return { ...layout, ...Object.fromEntries(axes.map(([name, axis]) => [name, { ...axis, nticks: 3 }])) };
}

// In a narrow frame Plotly's own legend would scroll, and hide some of its entries: they are taken over, with their marks, into
// a list of ours, which wraps.
const isNarrow = () => box.clientWidth < NARROW;
function takeOverLegend() {
  const entries = [...box.querySelectorAll(".legend .traces")];
  if (!entries.length) return false;
  const list = card.querySelector(".legend");
  list.replaceChildren(...entries.map(entry => {
    const item = document.createElement("li"), mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    mark.setAttribute("viewBox", "9 -8 22 16");
    mark.setAttribute("aria-hidden", "true");
    mark.append(...[...entry.querySelectorAll(".layers")].map(layer => layer.cloneNode(true)));
    item.append(mark, entry.querySelector(".legendtext").textContent);
    return item;
  }));
  list.hidden = false;
  return true;
}

function legend(found) {
  const list = card.querySelector(".legend");
  list.replaceChildren(...found.legend.map(([text, colour]) => {
    const item = document.createElement("li"), square = document.createElement("i");
    square.style.background = colour;
    item.append(square, text);
    return item;
  }));
  list.hidden = !found.legend.length;
}

async function draw() {
  const wanted = style();
  try {
    const found = await ask(`${address}${address.includes("?") ? "&" : "?"}style=${wanted}`, texts);
    await library();
    await document.fonts.load("13px Inter");
    if (wanted !== style()) return;
    ours = false;
    legend(found);
    card.querySelector(".hint").hidden = (found.minimum_width || 0) <= box.clientWidth;
    if (found.is_empty && !found.figure.data.length) throw new Error(texts.nothing);
    const { data, layout, frames } = structuredClone(found.figure); // Plotly writes into what it is given
    await Plotly.newPlot(box, {
      data, layout: { ...roomy(layout, box.clientWidth), ...size(found), autosize: false }, frames,
      config: { topojsonURL: `${root}app/static/geo/`, displayModeBar: false, scrollZoom: false },
    });
    if (isNarrow() && takeOverLegend()) {
      ours = true;
      await Plotly.relayout(box, { showlegend: false, ...size(found) });
    }
    drawn = found;
    wasNarrow = isNarrow();
    box.dataset.drawn = wanted;
  } catch (error) {
    const message = document.createElement("p");
    message.className = "message";
    message.textContent = error.message || texts.failed;
    box.replaceChildren(message);
    box.dataset.drawn = "failed";
  }
  tellHeight();
}

let width = 0;
new ResizeObserver(() => {
  if (drawn && box.clientWidth !== width) {
    width = box.clientWidth;
    if (wasNarrow !== isNarrow()) return void draw();
    Plotly.relayout(box, size(drawn)).then(tellHeight);
    card.querySelector(".hint").hidden = (drawn.minimum_width || 0) <= width;
  }
}).observe(box);
new ResizeObserver(tellHeight).observe(card);
wants.addEventListener("change", () => document.documentElement.dataset.theme === "auto" && draw());
width = box.clientWidth;
draw();
