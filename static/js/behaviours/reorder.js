// data-reorder: drag the blocks of an agenda by their handle, or move them with the arrow keys while it has the focus.
// The order is sent to the server, which answers with the agenda and its times; nothing is computed here.
const EDGE = 90;

export function bind(root) {
  let dragged = null;
  let before = [];
  root.classList.add("can-drag");

  const lists = () => [...root.querySelectorAll("[data-sitting]")];
  const order = () => lists().map((list) => [...list.querySelectorAll("[data-block]")].map((one) => one.dataset.block));

  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    dragged = handle.closest("[data-block]");
    before = lists().map((list) => [list, [...list.children]]);
    handle.setPointerCapture(event.pointerId);
    dragged.classList.add("is-dragged");
    event.preventDefault();
    handle.focus();
  });

  root.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    if (event.clientY < EDGE) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const list = nearest(lists(), event.clientY);
    const next = [...list.querySelectorAll("[data-block]")].find((one) => one !== dragged && event.clientY < middle(one));
    if (next ? dragged.nextElementSibling !== next : list.lastElementChild !== dragged) list.insertBefore(dragged, next || null);
  });

  root.addEventListener("pointerup", () => stop(true));
  root.addEventListener("pointercancel", () => stop(false));

  root.addEventListener("keydown", (event) => {
    if (dragged && event.key === "Escape") return stop(false);
    const handle = event.target.closest("[data-handle]");
    const button = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
    if (!handle || !button) return;
    event.preventDefault();
    handle.closest("[data-block]").querySelector(button).click();
  });

  // A refusal comes with the agenda and the reason in it: show it.
  root.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  function stop(keep) {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged = null;
    const was = JSON.stringify(before.map(([, children]) => children.map((one) => one.dataset.block).filter(Boolean)));
    if (!keep) return before.forEach(([list, children]) => list.append(...children));
    if (JSON.stringify(order()) === was) return;
    const form = root.querySelector("[data-order]");
    form.elements.order.value = order().map((refs) => refs.join(",")).join("|");
    form.requestSubmit();
  }
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

function nearest(lists, y) {
  return lists.findLast((list) => list.getBoundingClientRect().top <= y) || lists[0];
}
