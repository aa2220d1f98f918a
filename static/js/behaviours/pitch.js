// Inside data-worksheet: the clock of an Elevator Pitch (data-pitch): 5 + 40 + 15 seconds on a bar, good between its
// least and most seconds. Stopping writes how long the take was.
const PARTS = [[5, "Apertura"], [45, "Impacto"], [60, "Por qué es atractivo"], [Infinity, "Te pasaste: cierra"]];
const UNITS = 8; // of the drawing, per second
const LAST = 74;

// Number, hand and part of a clock at `seconds`; one that stands still says itself how it went.
export function face(pitch, seconds, isRunning = true) {
  pitch.querySelector("[data-pitch-seconds]").textContent = Math.floor(seconds);
  pitch.querySelector("[data-pitch-hand]").setAttribute("x", String(Math.min(seconds, LAST) * UNITS));
  if (isRunning) pitch.querySelector("[data-pitch-part]").textContent = PARTS.find(([end]) => seconds < end)[1];
}

export function bind(root) {
  let ticking = 0;

  function stop(pitch, started) {
    clearInterval(ticking);
    ticking = 0;
    const seconds = Math.round((performance.now() - started) / 1000);
    const { least, most } = pitch.dataset;
    const input = pitch.querySelector("[data-pitch-take] input");
    input.value = seconds;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const verdict = seconds < least ? `te sobran ${least - seconds} s para decir más` : seconds > most ? `recorta ${seconds - most} s` : "en el tiempo ideal";
    pitch.querySelector("[data-pitch-said]").textContent = `Duró ${seconds} s: ${verdict}.`;
  }

  function show(pitch, started) {
    if (!pitch.isConnected) return clearInterval(ticking);
    const seconds = (performance.now() - started) / 1000;
    face(pitch, seconds);
  }

  let started = 0;
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pitch-start]");
    if (!button) return;
    const pitch = button.closest("[data-pitch]");
    if (ticking) {
      stop(pitch, started);
      button.textContent = "Empezar de nuevo";
      return;
    }
    started = performance.now();
    pitch.querySelector("[data-pitch-said]").textContent = "";
    button.textContent = "Detener";
    ticking = setInterval(() => show(pitch, started), 200);
  });
  const prepare = () => root.querySelectorAll("[data-pitch-clock]").forEach((clock) => (clock.hidden = false));
  root.addEventListener("htmx:load", prepare);
  prepare();
}
