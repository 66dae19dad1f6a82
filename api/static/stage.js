// The stage: one slide fills the screen, its neighbours are drawn beforehand in layers that nobody sees.
import { Countries } from "./countries.js";
import { hideIdleMouse, onSwipe } from "./hands.js";
import { listen } from "./keys.js";
import { Layer } from "./layer.js";
import { fillCard, toasts } from "./sayings.js";
import { Speaker } from "./speaker.js";

const given = JSON.parse(document.getElementById("deck").textContent);
const { slides, root, frame, texts, stage: least } = given;
const countries = new Countries(given.countries);
const $ = id => document.getElementById(id);
const stage = $("stage"), layersBox = $("layers"), counter = $("counter"), chip = $("chip"), toastBox = $("toast"), veil = $("veil"), help = $("help");
const NARROWEST = 352, NARROW = 640; // points of a stage's width
const MOST_LAYERS = 6, TYPING_ENDS = 3000;
const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const address = new URL(location.href);

const drawn = slides.map(() => ({ layer: null, running: null, key: "" }));
let style = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
let visible = null, current = -1, wanted = -1, scale = 1, size = least, isNarrow = false;
let highlighted = countries.byCode.get(address.searchParams.get("highlight")) || null;
let typed = null, typingTimer = 0, autoTimer = 0, blank = "";
let autoSeconds = given.auto, isAuto = given.auto > 0;

// ---- the size of the screen -------------------------------------------------------------------------------------------
function measure() {
  // On an upright screen a wide stage would be too small to read: there it is as narrow as the screen, for figures are fitted to it.
  const width = innerHeight > innerWidth ? Math.min(Math.max(innerWidth, NARROWEST), least.width) : least.width;
  isNarrow = width < NARROW;
  scale = Math.min(innerWidth / width, innerHeight / least.height);
  size = { width: Math.round(innerWidth / scale), height: Math.round(innerHeight / scale) };
  Object.assign(stage.style, { width: `${size.width}px`, height: `${size.height}px`, transform: `scale(${scale})` });
  stage.classList.toggle("narrow", isNarrow);
  document.documentElement.style.setProperty("--scale", scale);
}
const key = () => `${style} ${size.width}×${size.height}`;

// ---- drawing ----------------------------------------------------------------------------------------------------------
const ready = Promise.all(["13px Inter", "600 13px Inter", "600 27px SourceSerif"].map(font => document.fonts.load(font)));

function prepare(index) {
  const slot = drawn[index];
  if (slot.layer?.key === key() && !slot.layer.retry) return Promise.resolve(slot.layer);
  if (slot.running && slot.key === key()) return slot.running;
  slot.key = key();
  const layer = new Layer(layersBox, {
    root, style, size, isNarrow, texts, reference: slides[index].reference,
    // What the words usually leave; the layer asks again where they leave another room.
    frame: isNarrow
      ? { width: size.width - 32, height: Math.max(160, size.height - 270) }
      : { width: frame.width + size.width - least.width, height: frame.height + size.height - least.height },
    label: fill(texts.slide_of, { number: index + 1, count: slides.length }),
  });
  layer.again = () => act("retry");
  layer.names = code => countries.byCode.get(code)?.name || (code === "EU" ? texts.eu : "");
  const running = ready.then(() => layer.draw()).then(async () => {
    if (slot.running === running) slot.running = null;
    await layer.highlight(highlighted);
    // Another size or theme may have been asked for meanwhile, or another drawing of the same have come first.
    if (layer.key !== key() || (slot.layer?.key === key() && !slot.layer.retry)) {
      layer.remove();
      return prepare(index);
    }
    if (slot.layer && slot.layer !== visible) slot.layer.remove(); // what is seen stays until the new one takes its place
    slot.layer = layer;
    return layer;
  });
  slot.running = running;
  return running;
}

// The slides that a speaker may want next, the likeliest first.
function neighbours() {
  const last = slides.length - 1;
  const order = [current, current + 1, current - 1, current + 2, 0, last, current - 2];
  if (isAuto && current === last) order.splice(1, 0, 0);
  return [...new Set(order.filter(index => index >= 0 && index <= last))].slice(0, MOST_LAYERS);
}

let tidying = 0;
function prepareNeighbours() {
  const mine = ++tidying;
  const kept = neighbours();
  drawn.forEach((slot, index) => {
    if (slot.layer && slot.layer !== visible && !kept.includes(index)) {
      slot.layer.remove();
      slot.layer = null;
    }
  });
  const idle = action => (window.requestIdleCallback ? requestIdleCallback(action, { timeout: 150 }) : setTimeout(action, 30)); // a busy screen is never idle
  const step = () => {
    const index = kept.find(index => drawn[index].layer?.key !== key());
    if (mine !== tidying || index === undefined) {
      if (mine === tidying) document.body.dataset.prepared = String(current + 1);
      return;
    }
    prepare(index).finally(() => idle(step));
  };
  delete document.body.dataset.prepared;
  idle(step);
}

// ---- showing ----------------------------------------------------------------------------------------------------------
async function show(index, { record = "push" } = {}) {
  index = Math.min(Math.max(index, 0), slides.length - 1);
  wanted = index;
  const late = setTimeout(() => { counter.dataset.waiting = ""; }, 250);
  let layer = await prepare(index);
  if (layer.shown !== "" || highlighted) await layer.highlight(highlighted);
  while (wanted === index && layer !== drawn[index].layer) layer = await prepare(index); // a newer one has taken its place
  clearTimeout(late);
  if (wanted !== index) return;
  delete counter.dataset.waiting;
  const before = visible, isOther = current !== index;
  current = index;
  visible = layer;
  document.documentElement.dataset.theme = layer.style;
  layer.show(true);
  if (before && before !== layer) {
    before.show(false);
    if (!drawn.some(slot => slot.layer === before)) before.remove();
  }
  document.body.dataset.shown = String(index + 1);
  count();
  keepAddress(isOther ? record : "replace");
  if (isOther) announce(index, layer);
  if (highlighted) sayHighlight();
  tell();
  schedule();
  prepareNeighbours();
}

function count(text = "") {
  counter.textContent = text || `${isAuto ? `${texts.auto} · ` : ""}${current + 1} / ${slides.length}`;
  $("previous").disabled = current === 0;
  $("next").disabled = current === slides.length - 1;
}

function announce(index, layer) {
  const title = layer.found?.title || texts.failed;
  document.title = `${index + 1} · ${title} · ${given.name}`;
  $("announcer").textContent = `${fill(texts.slide_of, { number: index + 1, count: slides.length })}: ${title}. ${layer.found?.subtitle || ""}. ${layer.found?.alt || ""}`;
}

function keepAddress(record) {
  address.hash = String(current + 1);
  address.searchParams.delete("n");
  style === "dark" ? address.searchParams.set("theme", "dark") : address.searchParams.delete("theme");
  highlighted ? address.searchParams.set("highlight", highlighted.code) : address.searchParams.delete("highlight");
  if (address.href === location.href) return;
  record === "push" && history.state ? history.pushState({ stage: true }, "", address) : history.replaceState({ stage: true }, "", address);
}

const toast = toasts(toastBox);

function setBlank(colour) {
  blank = blank === colour ? "" : colour;
  veil.className = blank;
  veil.hidden = !blank;
  tell();
}

// ---- a country by typing ----------------------------------------------------------------------------------------------
const codesHere = () => new Set(Object.keys(drawn[current]?.layer?.found?.places || {}));

function type(text) {
  typed = (typed ?? "") + text;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(endTyping, TYPING_ENDS);
  const found = countries.find(typed, codesHere());
  setHighlight(found);
  tell();
  if (!found) drawChip(typed ? [[fill(texts.no_country, { text: typed })]] : [[texts.type_country]]);
}

function endTyping() {
  typed = null;
  clearTimeout(typingTimer);
  highlighted ? sayHighlight() : (chip.hidden = true);
  tell();
}

async function setHighlight(country) {
  highlighted = country;
  const layer = drawn[current]?.layer;
  if (!layer) return;
  await layer.highlight(country);
  if (highlighted !== country) return;
  if (country) sayHighlight();
  else if (typed === null) chip.hidden = true;
  keepAddress("replace");
  tell();
  // The waiting layers follow, so that the next slide shows the country at once.
  for (const slot of drawn) if (slot.layer && slot.layer !== layer && highlighted === country) await slot.layer.highlight(country);
}

async function sayHighlight() {
  const layer = drawn[current]?.layer, country = highlighted;
  if (!layer || !country) return;
  const said = await layer.highlight(country);
  if (country !== highlighted) return;
  const through = said && !layer.found.places[country.code] ? ` (${texts.through_eu})` : "";
  drawChip([[country.name + through, "b"], ...(said === null ? [[texts.nothing_on]] : said.map(text => [text]))]);
}

function drawChip(lines) {
  fillCard(chip, lines, typed);
  const [left, top] = visible?.plot ? visible.cornerFor(chip.offsetWidth, chip.offsetHeight) : [size.width - chip.offsetWidth - 46, 14];
  Object.assign(chip.style, { left: `${left}px`, top: `${top}px` });
}

// ---- the notes in a second window --------------------------------------------------------------------------------------
const speaker = new Speaker(root, () => ({ slide: current + 1, blank, style, highlight: highlighted?.name || "", typing: typed !== null }), (action, value) => act(action, value));
const tell = () => speaker.tell();

function openNotes() {
  const blocked = speaker.open(address, current + 1);
  if (!blocked) return;
  toast(texts.notes_blocked, Object.assign(document.createElement("a"), { href: blocked, target: "_blank", rel: "opener", textContent: texts.open_notes }));
}

// ---- by itself ----------------------------------------------------------------------------------------------------------
function schedule() {
  clearTimeout(autoTimer);
  if (isAuto) autoTimer = setTimeout(() => (blank || typed !== null || help.open ? schedule() : show((current + 1) % slides.length, { record: "replace" })), autoSeconds * 1000);
}

// ---- commands -----------------------------------------------------------------------------------------------------------
const commands = {
  next: () => (isAuto && wanted === slides.length - 1 ? show(0) : show(wanted + 1)),
  previous: () => show(wanted - 1),
  first: () => show(0),
  last: () => show(slides.length - 1),
  go: number => show(number - 1),
  digits: digits => count(digits && fill(texts.go_to, { number: digits })),
  black: () => setBlank("black"),
  white: () => setBlank("white"),
  fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => toast(texts.no_fullscreen))),
  theme: () => { style = style === "dark" ? "light" : "dark"; show(current); },
  notes: openNotes,
  auto: () => {
    isAuto = !isAuto;
    autoSeconds ||= 20;
    toast(isAuto ? fill(texts.auto_on, { seconds: autoSeconds }) : texts.auto_off);
    count();
    schedule();
  },
  retry: () => {
    const slot = drawn[current];
    if (slot.layer?.failed) slot.layer.retry = true;
    show(current);
  },
  help: () => (help.open ? help.close() : help.showModal()),
  search: () => type(""),
  type,
  unType: () => { const text = (typed || "").slice(0, -1); typed = ""; type(text); },
  typed: endTyping,
  escape: () => {
    toastBox.hidden = true;
    typed = null;
    setHighlight(null);
    chip.hidden = true;
  },
};

function act(action, value) {
  if (help.open && action !== "help") return help.close();
  if (blank && !["black", "white", "notes", "fullscreen", "digits"].includes(action)) return setBlank(blank); // the slide comes back where it was
  if (["next", "previous", "first", "last", "go"].includes(action) && typed !== null) endTyping();
  commands[action]?.(value);
}

listen(document, act, () => typed !== null, () => blank !== "");
for (const name of ["previous", "next"]) {
  $(name).addEventListener("mousedown", event => event.preventDefault()); // keeps the keyboard's place: space must always go on
  $(name).addEventListener("click", () => act(name));
}
veil.addEventListener("click", () => setBlank(blank));
addEventListener("popstate", () => {
  const number = parseInt(location.hash.slice(1), 10);
  address.href = location.href;
  if (number) show(number - 1, { record: "none" });
});

onSwipe(act);
hideIdleMouse(() => isAuto && schedule()); // somebody looks closely

let sizeTimer = 0;
addEventListener("resize", () => {
  measure();
  clearTimeout(sizeTimer);
  if (visible?.key !== key()) sizeTimer = setTimeout(() => show(current, { record: "replace" }), 120);
});

measure();
const asked = parseInt(location.hash.slice(1), 10) || parseInt(address.searchParams.get("n"), 10) || 1;
if (asked > slides.length || asked < 1) given.notices.push(fill(texts.no_slide, { number: asked, count: slides.length }));
history.replaceState({ stage: true }, "", location.href);
show(asked - 1, { record: "replace" }).then(() => given.notices.length && toast(given.notices.join(" ")));
