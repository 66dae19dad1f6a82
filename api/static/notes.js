// The speaker's window: what to say, what comes next, and how long it has taken. It and the stage turn pages for each other.
import { listen } from "./keys.js";
import { Layer } from "./layer.js";

const given = JSON.parse(document.getElementById("deck").textContent);
const { slides, root, frame, texts, stage: size } = given;
const $ = id => document.getElementById(id);
const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const style = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
const channel = new BroadcastChannel(`car-t-stage-${given.channel}`);
const send = message => channel.postMessage({ from: "notes", ...message });
let slide = 0, isTyping = false, heard = false, begun = Date.now(), spent = 0, running = true;

// ---- the next slide, small -------------------------------------------------------------------------------------------
const layers = new Map();
function layer(index) {
  if (!layers.has(index)) {
    const made = new Layer($("box"), { root, style, size, frame, texts, reference: slides[index].reference, label: fill(texts.slide_of, { number: index + 1, count: slides.length }) });
    layers.set(index, made.draw().then(() => made));
  }
  return layers.get(index);
}
const fit = () => { $("box").style.transform = `scale(${$("preview").clientWidth / size.width})`; };
addEventListener("resize", fit);

async function drawNext() {
  const mine = slide, next = slide < slides.length;
  $("preview").hidden = !next;
  $("next-title").textContent = next ? texts.next : texts.last;
  const made = next ? await layer(slide) : null; // numbers count from 1, so this is the next one's index
  if (mine !== slide) return;
  for (const other of layers.values()) other.then(found => found.show(found === made));
  if (made) made.element.inert = true; // a picture only
  const own = await layer(slide - 1);
  if (mine !== slide) return;
  $("title").textContent = own.found?.title || texts.failed;
  for (const [index, other] of layers) {
    if (Math.abs(index - slide) > 3) {
      layers.delete(index);
      other.then(found => found.remove());
    }
  }
}

function show(number) {
  if (number === slide || !(number >= 1 && number <= slides.length)) return;
  slide = number;
  const { notes } = slides[slide - 1];
  $("text").textContent = notes || texts.no_notes;
  $("text").classList.toggle("none", !notes);
  $("now").scrollTop = 0;
  $("counter").textContent = fill(texts.slide_of, { number: slide, count: slides.length });
  document.body.dataset.shown = String(slide);
  history.replaceState(null, "", `#${slide}`);
  drawNext();
}

channel.onmessage = ({ data }) => {
  if (data.from !== "stage") return;
  heard = true;
  isTyping = data.typing;
  show(data.slide);
  document.body.dataset.blank = data.blank;
  $("state").textContent = [data.blank && (data.blank === "black" ? texts.is_black : texts.is_white), data.highlight && fill(texts.is_highlighted, { country: data.highlight })].filter(Boolean).join(" · ");
};

// ---- time ------------------------------------------------------------------------------------------------------------
const elapsed = () => spent + (running ? Date.now() - begun : 0);
function tick() {
  const seconds = Math.floor(elapsed() / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, "0"));
  $("timer").textContent = parts[0] === "00" ? parts.slice(1).join(":") : parts.join(":");
  $("clock").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}
$("pause").addEventListener("click", () => {
  spent = elapsed();
  begun = Date.now();
  running = !running;
  $("pause").textContent = running ? texts.pause : texts.go_on;
});
$("reset").addEventListener("click", () => { spent = 0; begun = Date.now(); tick(); });
setInterval(tick, 500);

const passed = ["next", "previous", "first", "last", "go", "black", "white", "theme", "auto", "retry", "type", "typed", "unType", "search", "escape"];
listen(document, (action, value) => passed.includes(action) && send({ act: action, value }), () => isTyping);
for (const name of ["previous", "next"]) $(`turn-${name}`).addEventListener("click", () => send({ act: name }));

fit();
tick();
send({ ask: "state" });
setTimeout(() => {
  if (heard) return;
  show(parseInt(location.hash.slice(1), 10) || 1);
  $("state").textContent = texts.no_stage;
}, 1200);
