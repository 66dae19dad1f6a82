// Fingers and the mouse on a stage: a swipe turns the slide, and a mouse that rests is hidden.

const IDLE = 3000, FARTHEST_ASTRAY = 2; // milliseconds; how much longer than high a swipe is
const LEAST = 50; // pixels

export function onSwipe(turn) {
  let touch = null;
  addEventListener("touchstart", event => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  addEventListener("touchend", event => {
    if (!touch) return;
    const end = event.changedTouches[0], right = end.clientX - touch.clientX, down = end.clientY - touch.clientY;
    touch = null;
    if (Math.abs(right) > LEAST && Math.abs(right) > FARTHEST_ASTRAY * Math.abs(down)) turn(right < 0 ? "next" : "previous");
  }, { passive: true });
}

export function hideIdleMouse(onMove) {
  let timer = 0;
  addEventListener("mousemove", () => {
    document.body.classList.remove("idle");
    clearTimeout(timer);
    timer = setTimeout(() => document.body.classList.add("idle"), IDLE);
    onMove();
  });
}
