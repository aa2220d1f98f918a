// Rows dragged by their [data-handle], with a mouse or a finger, within a list or from one to another. Escape cancels.
// `rows` selects them; `listsFor(row)` says where one may go; `dropped(row)` hears that one has another place, `ended()`
// that a drag is over.
const EDGE = 90;

export function bindDrag(root, { rows, listsFor, dropped, ended = () => {} }) {
  let dragged = null;
  let lists = [];
  let before = [];
  root.classList.add("can-drag");

  const rowsIn = (list) => [...list.querySelectorAll(rows)];

  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    dragged = handle.closest(rows);
    lists = listsFor(dragged);
    before = lists.map((list) => [...list.children]);
    handle.setPointerCapture(event.pointerId);
    dragged.classList.add("is-dragged");
    event.preventDefault();
    handle.focus();
  });

  root.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    if (event.clientY < EDGE) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const list = nearest(lists, event.clientY);
    const isBefore = comesBefore(list, event);
    const next = rowsIn(list).find((one) => one !== dragged && isBefore(one));
    if (next ? dragged.nextElementSibling === next : list.lastElementChild === dragged) return;
    list.insertBefore(dragged, next || null);
    dragged.querySelector("[data-handle]").setPointerCapture(event.pointerId); // moving an element lets go of it
  });

  root.addEventListener("pointerup", () => stop(true));
  root.addEventListener("pointercancel", () => stop(false));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop(false);
  });

  function stop(keep) {
    if (!dragged) return;
    const row = dragged;
    row.classList.remove("is-dragged");
    dragged = null;
    if (!keep) lists.forEach((list, place) => list.append(...before[place]));
    ended();
    if (!keep) return;
    const isMoved = lists.some((list, place) => [...list.children].some((one, at) => one !== before[place][at]));
    if (isMoved) dropped(row);
  }
}

// Whether the pointer is before a row: above its middle or, where rows stand side by side, above it or left of its middle.
function comesBefore(list, { clientX: x, clientY: y }) {
  const sideBySide = getComputedStyle(list).gridTemplateColumns.split(" ").length > 1;
  return (row) => {
    const box = row.getBoundingClientRect();
    if (!sideBySide) return y < box.top + box.height / 2;
    return y < box.top || (y < box.bottom && x < box.left + box.width / 2);
  };
}

function nearest(lists, y) {
  return lists.findLast((list) => list.getBoundingClientRect().top <= y) || lists[0];
}
