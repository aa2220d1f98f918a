// Control and wall of a workshop.
import { bind as bindClock } from "./behaviours/clock.js";
import { bind as bindLive } from "./behaviours/live.js";

if (document.body.dataset.live) {
  bindLive(document.body);
  bindClock(document.body);
}
