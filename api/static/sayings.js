// What a stage says over a slide: a passing message, and a card on the country that stands out.

const element = (name, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

// Returns a function that shows a text in a box for a while, with a link where there is one.
export function toasts(box) {
  let timer = 0;
  return (text, link) => {
    box.replaceChildren(text);
    if (link) box.append(" ", link);
    box.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { box.hidden = true; }, link ? 20000 : Math.max(4000, 70 * text.length));
  };
}

// Fill the card with lines, pairs of a text and the element that it stands in ("p" where none is named), below what was typed.
export function fillCard(card, lines, typed) {
  card.replaceChildren(...lines.map(([text, name]) => element(name || "p", text)));
  if (typed) {
    const line = element("p", typed);
    line.className = "typed";
    card.prepend(line);
  }
  card.hidden = false;
}
