// A slide as a layer: fetched, laid out, drawn while nobody sees it, and then shown in one frame.
import { ask } from "./asking.js";
import { library } from "./library.js";

const SIZES = [27, 24, 21, 19], NARROW_SIZES = [21, 19, 17]; // of a title, in points, until it fits two lines, on a narrow stage four
const FADED = 0.1;

const make = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

function address(root, reference, style, width, height) {
  const [id, query] = reference.split(/\?(.*)/s);
  const parts = new URLSearchParams(query || "");
  parts.set("style", style);
  parts.set("width", width);
  parts.set("height", height);
  return `${root}figures/${encodeURIComponent(id)}.json?${parts}`;
}

export class Layer {
  constructor(parent, { root, reference, style, size, isNarrow, frame, label, texts }) {
    Object.assign(this, { root, reference, style, isNarrow, frame, texts, found: null, failed: false, shown: "" });
    this.key = `${style} ${size.width}×${size.height}`;
    this.element = make("section", isNarrow ? "slide narrow" : "slide");
    this.element.dataset.theme = style;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", label);
    this.element.inert = true;
    parent.append(this.element);
  }

  ask(width, height) {
    return ask(address(this.root, this.reference, this.style, width, height), this.texts);
  }

  async draw() {
    try {
      let found = await this.ask(this.frame.width, this.frame.height);
      let box = this.layOut(found);
      if (Math.abs(box.clientHeight - this.frame.height) > 8 || Math.abs(box.clientWidth - this.frame.width) > 8) {
        // The words around it leave another room than was thought; the figure is fitted to that.
        found = await this.ask(box.clientWidth, Math.max(160, box.clientHeight));
        box = this.layOut(found);
      }
      this.found = found;
      if (found.is_empty && !found.figure.data.length) {
        box.replaceChildren(make("p", "message", this.texts.nothing));
        return;
      }
      await library();
      // Plotly writes into what it is given; what was found stays as it was, for marks to return to.
      const { data, layout, frames } = structuredClone(found.figure);
      await Plotly.newPlot(box, {
        data, frames, layout: { ...layout, width: box.clientWidth, height: box.clientHeight, autosize: false },
        config: { topojsonURL: `${this.root}app/static/geo/`, displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false },
      });
      this.plot = box;
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    this.failed = true;
    const message = make("div", "message");
    message.append(make("h1", "", error.isUnknown ? this.texts.unknown : this.texts.failed), make("p", "", error.isUnknown ? error.message : this.texts.retry));
    if (!error.isUnknown && error.message) message.append(make("p", "", error.message));
    if (!error.isUnknown) { // who has no keyboard tries again too
      const button = make("button", "", this.texts.try_again);
      button.addEventListener("click", () => this.again?.());
      message.append(button);
    }
    if (error.isUnknown) {
      const line = make("p"), link = make("a", "", this.texts.all_decks);
      link.href = `${this.root}present`;
      line.append(link);
      message.append(line);
    }
    this.element.replaceChildren(message);
  }

  // Where the figure stands, without what every address begins with; a server that isn't told its own address leaves the host to us.
  shortAddress({ short_address: address }) {
    if (!address.startsWith("/")) return address;
    const { host, pathname } = new URL(this.root + address.slice(1), location.href);
    return host + pathname;
  }

  // Set the words and return the box that is left for the figure.
  layOut(found) {
    const header = make("header"), title = make("h1", "", found.title);
    header.append(title, make("p", "subtitle", found.subtitle));
    if (found.legend.length) {
      const list = make("ul", "legend");
      for (const [text, colour] of found.legend) {
        const item = make("li"), square = make("i");
        square.style.background = colour;
        item.append(square, text);
        list.append(item);
      }
      header.append(list);
    }
    const figure = make("div", "figure"), box = make("div");
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", found.alt);
    figure.append(box);
    const footer = make("footer"), link = make("a", "", this.shortAddress(found));
    for (const notice of found.notices) footer.append(make("span", "notice", `${notice}. `));
    footer.append([found.note, ...found.footer].filter(Boolean).join(" · "), " · ", link);
    link.href = this.root + found.path.replace(/^\//, "");
    link.target = "_blank";
    link.rel = "noopener";
    link.tabIndex = -1;
    this.element.replaceChildren(header, figure, footer);
    for (const size of this.isNarrow ? NARROW_SIZES : SIZES) {
      title.style.fontSize = `${size}px`;
      if (title.clientHeight < (this.isNarrow ? 4.5 : 2.5) * 1.15 * size) break;
    }
    return box;
  }

  // Let the marks of one country stand out. Returns what the figure says about it; null where it has nothing on it.
  async highlight(country) {
    if (!this.plot) return country ? null : [];
    const code = country ? [country.code, ...country.within].find(code => this.found.places[code]) : "";
    if (this.shown !== (code || "")) await this.mark(code || "");
    if (!country) return [];
    return code ? this.found.says[code] || [] : null;
  }

  async mark(code) {
    this.shown = code;
    const traces = this.found.figure.data.map((_, number) => number);
    const own = traces.map(() => []), whole = new Set();
    for (const [trace, point] of code ? this.found.places[code] : []) point < 0 ? whole.add(trace) : own[trace].push(point);
    const data = this.found.figure.data;
    const belongs = new Set(Object.values(this.found.places).flatMap(places => places.map(([trace]) => trace))); // others are scales and the like
    // A line can't be marked in part: it is the country's, or it steps back.
    const isLine = number => (data[number].mode || "").includes("lines");
    const isOwnLine = number => whole.has(number) || own[number].length > 0;
    const ink = getComputedStyle(this.element).getPropertyValue("--ink");
    const change = {
      selectedpoints: traces.map(number => (!code || whole.has(number) || isLine(number) ? null : own[number])),
      opacity: traces.map(number => {
        const usual = data[number].opacity ?? 1;
        return code && isLine(number) && !isOwnLine(number) ? usual * (belongs.has(number) ? 0.12 : 0.35) : usual;
      }),
      unselected: traces.map(number => (code ? { marker: { opacity: FADED }, ...(data[number].textfont ? { textfont: { color: "rgba(128,128,128,.25)" } } : {}) } : data[number].unselected ?? null)),
    };
    // A pale country would vanish on the map: its border says where it is.
    for (const number of traces.filter(number => data[number].type === "choropleth")) {
      const line = data[number].marker?.line ?? {}, isHere = code && own[number].length;
      change["marker.line.width"] ??= traces.map(other => data[other].marker?.line?.width ?? null);
      change["marker.line.color"] ??= traces.map(other => data[other].marker?.line?.color ?? null);
      change["marker.line.width"][number] = isHere ? data[number].locations.map((_, index) => (own[number].includes(index) ? 2 : 0)) : line.width ?? 0.5;
      change["marker.line.color"][number] = isHere ? ink : line.color ?? null;
    }
    await Plotly.restyle(this.plot, change, traces);
    this.markLabels(code);
  }

  // Names on an axis follow: the country's own stands out.
  markLabels(code) {
    const name = code && this.names?.(code);
    const labels = [...this.plot.querySelectorAll(".ytick text, .xtick text")];
    const own = new Set(name ? labels.filter(label => label.textContent.replace(/^[=\d]*\s+/, "").trim() === name) : []);
    for (const label of labels) {
      label.classList.toggle("found", own.has(label));
      label.classList.toggle("faded", own.size > 0 && !own.has(label) && label.closest(".ytick") !== null);
    }
  }

  // Where a box of some size hides least of what stands out, in points of the stage.
  cornerFor(width, height) {
    const box = this.element.querySelector(".figure"), scale = this.element.getBoundingClientRect().width / this.element.offsetWidth;
    const own = box.getBoundingClientRect(), left = box.offsetLeft, top = box.offsetTop;
    const right = left + box.offsetWidth - width, bottom = top + box.offsetHeight - height;
    const corners = [[right, top], [right, bottom], [left, bottom], [left, top]];
    const seen = [...this.element.querySelectorAll(".choroplethlayer path, .points path, .point path, .legend .traces")]
      .filter(mark => parseFloat(getComputedStyle(mark).opacity) > 0.5)
      .map(mark => mark.getBoundingClientRect())
      .map(rect => [(rect.left - own.left) / scale + left, (rect.top - own.top) / scale + top, (rect.right - own.left) / scale + left, (rect.bottom - own.top) / scale + top]);
    const hidden = ([x, y]) => seen.filter(([x0, y0, x1, y1]) => x0 < x + width && x1 > x && y0 < y + height && y1 > y).length;
    return corners.reduce((best, corner) => (hidden(corner) < hidden(best) ? corner : best));
  }

  show(isOn) {
    this.element.classList.toggle("on", isOn);
    this.element.inert = !isOn;
  }

  remove() {
    if (this.plot) Plotly.purge(this.plot);
    this.element.remove();
  }
}
