// Loaded only in the editor of the Plan.
import { bind as bindEditor } from "./behaviours/editor.js";
import { bind as bindTexts } from "./behaviours/texts.js";

for (const [selector, bind] of [
  ["[data-texts]", bindTexts],
  ["[data-editor]", bindEditor],
]) {
  document.querySelectorAll(selector).forEach(bind);
}
