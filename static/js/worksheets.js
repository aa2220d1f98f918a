// Loaded only where there are worksheets.
import { bind as bindAutosave } from "./behaviours/autosave.js";
import { bind as bindCatchUp } from "./behaviours/catchup.js";
import { bind as bindDrawing } from "./behaviours/drawing.js";
import { bind as bindPitch } from "./behaviours/pitch.js";
import { bind as bindRows } from "./behaviours/rows.js";

for (const worksheet of document.querySelectorAll("[data-worksheet]")) {
  for (const bind of [bindRows, bindPitch, bindDrawing, bindAutosave, bindCatchUp]) bind(worksheet);
}
