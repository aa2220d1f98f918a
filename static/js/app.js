// Small behaviours, each bound to one data-… attribute. Pages work without them.
import { bind as bindCatchUp } from "./behaviours/catchup.js";
import { bind as bindCopy } from "./behaviours/copy.js";
import { bind as bindFormset } from "./behaviours/formset.js";
import { bind as bindMenu } from "./behaviours/menu.js";
import { bind as bindOnce } from "./behaviours/once.js";
import { bind as bindReorder } from "./behaviours/reorder.js";
import { bind as bindUnsent } from "./behaviours/unsent.js";

for (const [selector, bind] of [
  ["[data-catch-up]", bindCatchUp],
  ["[data-copy]", bindCopy],
  ["[data-formset]", bindFormset],
  ["[data-menu]", bindMenu],
  ["[data-once]", bindOnce],
  ["[data-reorder]", bindReorder],
]) {
  document.querySelectorAll(selector).forEach(bind);
}
bindUnsent(document.body); // after those that stop a form to send it in another way

// On a phone the place where one is may lie outside a menu that scrolls.
for (const link of document.querySelectorAll("nav [aria-current]")) {
  const list = link.closest("nav");
  list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}
