// data-map: open the record of a card, move cards by dragging or with Alt and the arrows, zoom. Where a card lands is
// decided by the server, which answers with the whole picture.
const STEPS = { ArrowUp: "cerca", ArrowDown: "lejos", ArrowLeft: "positivo", ArrowRight: "negativo" };
const SIZES = [100, 140, 200, 280];
const LEAST = 6; // pixels that make a drag of a click

export function bind(root) {
  const dialog = document.getElementById("ficha");
  let size = 0;
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
    htmx.ajax("GET", address(card), { target: dialog, swap: "innerHTML" }).then(() => {
      if (dialog.childElementCount && !dialog.open) dialog.showModal();
    });
  }

  function send(card, values) {
    focused = card.dataset.actor;
    htmx.ajax("POST", `${address(card)}mover/${location.search}`, {
      target: root,
      swap: "innerHTML",
      values: {
        ...values,
        was_relation: card.dataset.relation,
        was_result: card.dataset.result,
        csrfmiddlewaretoken: root.querySelector("[data-token]").value,
      },
    });
  }

  root.addEventListener("click", (event) => {
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) {
      const step = Number(zoom.dataset.zoom);
      size = step ? Math.min(Math.max(size + step, 0), SIZES.length - 1) : 0;
      return resize();
    }
    const card = event.target.closest("[data-actor]");
    if (card && !dragged) open(card);
    dragged = false;
  });

  root.addEventListener("keydown", (event) => {
    const card = event.target.closest?.("[data-actor]");
    if (drag && event.key === "Escape") return put(drag, 0, 0), (drag = null);
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
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.moved && far < LEAST) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.card.setPointerCapture(event.pointerId);
      drag.card.parentNode.append(drag.card);
      drag.card.classList.add("is-dragged");
    }
    const scale = svg().getScreenCTM().a;
    put(drag, (event.clientX - drag.x) / scale, (event.clientY - drag.y) / scale);
  });
  root.addEventListener("pointerup", () => {
    if (!drag) return;
    const { card, moved } = drag;
    dragged = moved;
    home = drag.home;
    drag = null;
    if (!moved) return;
    card.classList.remove("is-dragged");
    const box = card.getBoundingClientRect();
    const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(svg().getScreenCTM().inverse());
    send(card, { x: at.x.toFixed(1), y: at.y.toFixed(1) });
  });
  root.addEventListener("pointercancel", () => {
    if (drag) put(drag, 0, 0);
    drag = null;
  });

  function put(one, x, y) {
    one.card.setAttribute("transform", x || y ? `${one.home} translate(${x} ${y})` : one.home);
  }

  function resize() {
    const picture = svg();
    if (!picture) return;
    picture.style.width = `${SIZES[size]}%`;
    centre();
  }

  function centre() {
    const box = frame();
    if (box) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }
  centre();

  // A refusal comes with the map as it is and the reason: show it.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== root || ![409, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== root) return;
    if (dialog.open) dialog.close();
    resize();
    root.querySelector(`[data-actor="${focused}"]`)?.focus({ preventScroll: true });
  });
  dialog?.addEventListener("close", () => root.querySelector(`[data-actor="${focused}"]`)?.focus({ preventScroll: true }));
  document.body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.target !== root) return;
    root.querySelector(".map-said").textContent = "Sin conexión: la tarjeta no se movió. Inténtalo cuando vuelva.";
    if (home) root.querySelector(`[data-actor="${focused}"]`)?.setAttribute("transform", home);
  });
}
