// Minutes and seconds that run: [data-clock] with data-left (seconds left when the page was made; below zero, over) and
// data-runs unless it is paused. It counts from when the page came, so the phone's own hour does not matter. The clock
// of a pitch ([data-pitch-live]) counts up from data-elapsed.
import { face } from "./pitch.js";

const since = new WeakMap();

const passed = (clock) => {
  if (!since.has(clock)) since.set(clock, performance.now());
  return "runs" in clock.dataset ? (performance.now() - since.get(clock)) / 1000 : 0;
};

export function tick(root) {
  for (const clock of root.querySelectorAll("[data-pitch-live]")) {
    face(clock, Number(clock.dataset.elapsed) + passed(clock), "runs" in clock.dataset);
  }
  for (const clock of root.querySelectorAll("[data-clock]")) {
    const elapsed = passed(clock);
    if (!("runs" in clock.dataset)) continue;
    const left = Math.ceil(Number(clock.dataset.left) - elapsed);
    const text = `${left < 0 ? "+" : ""}${Math.trunc(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-over", left < 0);
  }
}

export function bind(root) {
  tick(root);
  setInterval(() => tick(root), 250);
}
