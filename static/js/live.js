// Control and wall of a workshop.
import { bind as bindClock } from "./behaviours/clock.js";
import { bind as bindLive } from "./behaviours/live.js";
import { bind as bindThemes } from "./behaviours/themes.js";

if (document.body.dataset.live) {
  const live = bindLive(document.body);
  bindClock(document.body);
  bindThemes(document.body, live.look);
}
