// Minutes and seconds that run: [data-clock] with data-left (seconds left when the page was made; below zero, over) and
// data-runs unless it is paused. It counts from when the page came, so the phone's own hour does not matter.
const since = new WeakMap();

export function tick(root) {
  for (const clock of root.querySelectorAll("[data-clock]")) {
    if (!since.has(clock)) since.set(clock, performance.now());
    if (!("runs" in clock.dataset)) continue;
    const left = Math.ceil(Number(clock.dataset.left) - (performance.now() - since.get(clock)) / 1000);
    const text = `${left < 0 ? "+" : ""}${Math.trunc(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-over", left < 0);
  }
}

export function bind(root) {
  tick(root);
  setInterval(() => tick(root), 500);
}
