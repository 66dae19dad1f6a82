// What keys mean on a stage. Letters are both commands and the beginning of a country's name: a letter that is a command waits
// a moment for a second one, and two letters are a name. "/" begins a name at once, for those who type slowly.
export const PATIENCE = 350;
const LETTER = /^\p{L}$/u;
const NAMED = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous",
  Home: "first", End: "last", ".": "black", ",": "white", "?": "help", "/": "search", Escape: "escape",
};
const LETTERS = { b: "black", w: "white", f: "fullscreen", d: "theme", n: "notes", a: "auto", r: "retry", h: "help" };

export function listen(target, act, isTyping, isBlank) {
  let held = "", timer = 0, digits = "", forget = 0;
  const release = () => {
    clearTimeout(timer);
    const letter = held;
    held = "";
    return letter;
  };
  target.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { key } = event;
    const onControl = event.target.closest?.("button, a, dialog");
    if (onControl && (key === "Enter" || key === " ")) return;
    const take = (action, ...rest) => {
      event.preventDefault();
      act(action, ...rest);
    };
    if (isTyping()) {
      if (LETTER.test(key) || (key === " " && !event.shiftKey) || key === "'" || (key === "-")) return take("type", key);
      if (key === "Backspace") return take("unType");
      if (key === "Enter") return take("typed");
      act("typed"); // any other key ends the name, and means what it always means
    }
    if (LETTER.test(key)) {
      const letter = key.toLowerCase();
      const first = release();
      if (event.repeat) return event.preventDefault();
      // Nobody types a name on a blank screen, and no name begins with a letter twice: a command pressed again is meant again.
      if (isBlank() && letter in LETTERS) return take(LETTERS[letter]);
      if (first === letter) {
        act(LETTERS[letter]);
        return take(LETTERS[letter]);
      }
      if (first) return take("type", first + letter);
      if (!(letter in LETTERS)) return take("type", letter);
      event.preventDefault();
      held = letter;
      timer = setTimeout(() => act(LETTERS[release()]), PATIENCE);
      return;
    }
    if (/^\d$/.test(key)) {
      digits = (digits + key).slice(-3);
      clearTimeout(forget);
      forget = setTimeout(() => { digits = ""; act("digits", ""); }, 2500);
      return take("digits", digits);
    }
    if (key === "Enter" && digits) {
      const number = Number(digits);
      digits = "";
      clearTimeout(forget);
      return take("go", number);
    }
    if (key === "Enter" || (key === " " && !event.shiftKey)) return take("next");
    if (key === "Backspace" || key === " ") return take("previous");
    if (NAMED[key]) return take(NAMED[key]);
  });
}
