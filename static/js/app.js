// Small behaviours, each bound to one data-… attribute. Pages work without them.
import { bind as bindFormset } from "./behaviours/formset.js";
import { bind as bindMenu } from "./behaviours/menu.js";

for (const [selector, bind] of [
  ["[data-formset]", bindFormset],
  ["[data-menu]", bindMenu],
]) {
  document.querySelectorAll(selector).forEach(bind);
}
