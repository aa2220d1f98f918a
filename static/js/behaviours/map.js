// data-map: open the record of a card, move cards by dragging or with Alt and the arrows. Where a card lands is decided by
// the server, which answers with the whole picture.
const STEPS = { ArrowUp: "cerca", ArrowDown: "lejos", ArrowLeft: "positivo", ArrowRight: "negativo" };
const LEAST = 6; // pixels that make a drag of a click

export function bind(root) {
  const dialog = document.getElementById("ficha");
  let drag = null;
  let focused = "";
  let dragged = false;
  let home = ""; // where the card that was dropped stood

  const svg = () => root.querySelector("svg");
  const frame = () => root.querySelector(".map-scroll");
  const editable = () => frame()?.hasAttribute("data-editable");
  const address = (card) => root.dataset.record.replace("00000000-0000-0000-0000-000000000000", card.dataset.actor);

  function open(card) {
    focused = card.dataset.actor;
    const shown = () => dialog.childElementCount && !dialog.open && dialog.showModal();
    htmx.ajax("GET", address(card), { target: dialog, swap: "innerHTML" }).then(shown, () => {});
  }

  function say(text) {
    const line = Object.assign(document.createElement("p"), { className: "alert-line", textContent: text });
    root.querySelector(".map-said").replaceChildren(line);
  }

  function send(card, values) {
    focused = card.dataset.actor;
    const was = { was_relation: card.dataset.relation, was_result: card.dataset.result };
    const csrfmiddlewaretoken = root.querySelector("[data-token]").value;
    const facts = { target: root, swap: "innerHTML", values: { ...values, ...was, csrfmiddlewaretoken } };
    htmx.ajax("POST", `${address(card)}mover/`, facts).catch(() => {});
  }

  root.addEventListener("click", (event) => {
    const card = event.target.closest("[data-actor]");
    if (card && !dragged) open(card);
    dragged = false;
  });

  root.addEventListener("keydown", (event) => {
    const card = event.target.closest?.("[data-actor]");
    if (drag && event.key === "Escape") return putBack();
    if (!card) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(card);
    } else if (event.altKey && STEPS[event.key] && editable()) {
      event.preventDefault();
      send(card, { paso: STEPS[event.key] });
    }
  });

  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-actor]");
    dragged = false;
    if (!card || !editable() || event.pointerType === "touch" || event.button !== 0) return;
    drag = { card, x: event.clientX, y: event.clientY, home: card.getAttribute("transform"), moved: false };
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!event.buttons) return putBack(); // let go where we could not hear it
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.moved && far < LEAST) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.card.parentNode.append(drag.card); // on top; moving an element lets go of the pointer, so capture comes after
      drag.card.setPointerCapture(event.pointerId);
      drag.card.classList.add("is-dragged");
    }
    const scale = svg().getScreenCTM().a;
    put(drag, (event.clientX - drag.x) / scale, (event.clientY - drag.y) / scale);
  });
  root.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { card, moved } = drag;
    if (moved && !isInside(event)) return putBack();
    dragged = moved;
    home = drag.home;
    drag = null;
    if (!moved) return;
    card.classList.remove("is-dragged");
    const box = card.getBoundingClientRect();
    const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(svg().getScreenCTM().inverse());
    send(card, { x: at.x.toFixed(1), y: at.y.toFixed(1) });
  });
  for (const kind of ["pointercancel", "lostpointercapture"]) root.addEventListener(kind, putBack);

  function isInside({ clientX: x, clientY: y }) {
    const box = frame().getBoundingClientRect();
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
  }

  function putBack() {
    if (!drag) return;
    put(drag, 0, 0);
    drag.card.classList.remove("is-dragged");
    dragged = drag.moved;
    drag = null;
  }

  function put(one, x, y) {
    one.card.setAttribute("transform", x || y ? `${one.home} translate(${x} ${y})` : one.home);
  }

  // The filter of the address stays, whichever way a card is moved.
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.target === root && detail.verb === "post") detail.path += location.search;
  });
  // A refusal comes with the map as it is and the reason: show it.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== root || ![409, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== root) return;
    if (dialog.open) dialog.close();
    root.querySelector(`[data-actor="${focused}"]`)?.focus({ preventScroll: true });
  });
  dialog?.addEventListener("close", () => root.querySelector(`[data-actor="${focused}"]`)?.focus({ preventScroll: true }));
  document.body.addEventListener("htmx:sendError", ({ detail: { target } }) => {
    if (target === dialog) say("Sin conexión: la ficha no se pudo abrir. Inténtalo cuando vuelva.");
    if (target !== root) return;
    if (dialog.open) dialog.close();
    say("Sin conexión: la tarjeta no se movió. Inténtalo cuando vuelva.");
    if (home) root.querySelector(`[data-actor="${focused}"]`)?.setAttribute("transform", home);
  });
  document.body.addEventListener("htmx:responseError", ({ detail: { target } }) => {
    if (target === dialog) say("La ficha no se pudo abrir: recarga la página.");
  });
}
