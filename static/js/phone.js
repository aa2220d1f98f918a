// The page of a participant: it stays right by itself, and what is written on it is never lost.
import { bind as bindBallots } from "./behaviours/ballot.js";
import { bind as bindClock } from "./behaviours/clock.js";
import { bind as bindLive } from "./behaviours/live.js";
import { bind as bindOutbox } from "./behaviours/letterbox.js";

function ended() {
  const box = document.querySelector("[data-live-body]");
  const said = document.createElement("section");
  said.className = "card calm";
  said.append(
    Object.assign(document.createElement("h1"), { textContent: "El taller terminó" }),
    Object.assign(document.createElement("p"), { className: "lead", textContent: "O ya no estás en él. ¡Gracias por participar!" }),
  );
  const state = document.querySelector("[data-outbox-state]"); // what could not be sent stays in sight
  box.replaceChildren(said, ...(state ? [state] : []));
}

const live = bindLive(document.body, { ended });
bindOutbox(document.body, live.look);
bindBallots(document.body);
bindClock(document.body);
document.body.addEventListener("live:taken", () => bindBallots(document.body));
