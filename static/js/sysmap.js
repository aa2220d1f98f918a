// Loaded only on the pages of the map.
import { bind as bindGrid } from "./behaviours/grid.js";
import { bind as bindMap } from "./behaviours/map.js";
import { bind as bindTexts } from "./behaviours/texts.js";
import { bind as bindWiden } from "./behaviours/widen.js";
import { bind as bindZoom } from "./behaviours/zoom.js";

for (const [selector, bind] of [
  ["[data-map]", bindMap],
  ["[data-zooms]", bindZoom],
  ["[data-grid]", bindGrid],
  ["[data-texts]", bindTexts],
  ["[data-widen]", bindWiden],
]) {
  document.querySelectorAll(selector).forEach(bind);
}
