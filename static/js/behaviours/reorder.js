// data-reorder: drag the blocks of an agenda by their handle, or move them with the arrow keys while it has the focus.
// The order is sent to the server, which answers with the agenda and its times; nothing is computed here.
import { bindDrag } from "./drag.js";

export function bind(root) {
  const lists = () => [...root.querySelectorAll("[data-sitting]")];
  const order = () => lists().map((list) => [...list.querySelectorAll("[data-block]")].map((one) => one.dataset.block));

  bindDrag(root, {
    rows: "[data-block]",
    listsFor: lists,
    dropped() {
      const form = root.querySelector("[data-order]");
      form.elements.order.value = order().map((refs) => refs.join(",")).join("|");
      form.requestSubmit();
    },
  });

  root.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-handle]");
    const button = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
    if (!handle || !button) return;
    event.preventDefault();
    handle.closest("[data-block]").querySelector(button).click();
  });

  // A refusal comes with the agenda and the reason in it: show it.
  root.addEventListener("htmx:beforeSwap", (event) => {
    if (![409, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
}
