// Loaded only on the pages of the map.
import { bind as bindGrid } from "./behaviours/grid.js";
import { bind as bindMap } from "./behaviours/map.js";

for (const [selector, bind] of [
  ["[data-map]", bindMap],
  ["[data-grid]", bindGrid],
]) {
  document.querySelectorAll(selector).forEach(bind);
}
