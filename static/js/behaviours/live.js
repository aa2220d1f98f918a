// A page that stays right by itself. A stream says that something changed and which version it is; then the page asks
// for itself again, through its own address, and takes over the parts that differ. Without a stream it asks every
// few seconds. On <body>: data-live (the stream), data-live-version, data-live-at, data-live-pace (least milliseconds
// between two looks), data-live-deaf (kinds of change that this page does not show), data-live-page (its address).
// Inside each [data-live-body], children with [data-part] are told apart by that name; [data-keep] is never replaced,
// nor is what is being dragged.
const POLL = 4000;
const SILENT = 40_000; // the stream speaks every 15 s
const AGAIN = 60_000;

export function bind(body, { ended = () => location.reload() } = {}) {
  const { live, liveVersion, livePace, livePage } = body.dataset;
  const page = livePage ?? location.pathname + location.search;
  let at = Number(body.dataset.liveAt);
  let deaf = (body.dataset.liveDeaf ?? "").split(" ");
  let looking = false;
  let wanted = false;
  let last = 0;
  let timer = 0;
  let source = null;
  let heard = 0;
  let isOver = false;
  let isLeaving = false;
  const leaving = new AbortController();

  function over() {
    if (isOver || isLeaving) return;
    isOver = true;
    source?.close();
    ended();
  }

  function look() {
    if (isOver) return;
    wanted = true;
    if (looking || timer) return;
    const pace = Number(livePace) * (1 + Math.random() / 2); // a room does not ask all at once
    timer = setTimeout(now, Math.max(0, last + pace - performance.now()));
  }

  async function now() {
    if (isLeaving) return;
    timer = 0;
    wanted = false;
    looking = true;
    last = performance.now();
    try {
      const answer = await fetch(page, { cache: "no-store", signal: leaving.signal });
      if (answer.status === 404 || answer.redirected) return over();
      if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      else setTimeout(look, POLL);
    } catch {
      if (!isLeaving) setTimeout(look, 1500);
    } finally {
      looking = false;
      if (wanted) look();
    }
  }

  function take(fresh) {
    const version = Number(fresh.body.dataset.liveAt);
    if (!version) return over();
    at = Math.max(at, version);
    deaf = (fresh.body.dataset.liveDeaf ?? "").split(" ");
    body.dataset.liveAt = at;
    for (const box of body.querySelectorAll("[data-live-body]")) {
      const other = fresh.querySelector(`[data-live-body="${box.dataset.liveBody}"]`);
      if (other) reconcile(box, other);
    }
    body.dispatchEvent(new CustomEvent("live:taken"));
  }

  async function check() {
    try {
      const answer = await fetch(liveVersion, { cache: "no-store" });
      if (answer.status === 404 || answer.redirected) return over();
      if (answer.ok && (await answer.json()).version > at) look();
    } catch {
      // no connection: the next one will tell
    }
  }

  function connect() {
    source?.close();
    source = new EventSource(live);
    source.addEventListener("hola", (event) => hear(event));
    source.addEventListener("cambio", (event) => hear(event));
  }

  function hear(event) {
    heard = performance.now();
    const { version, what } = JSON.parse(event.data);
    if (version && version <= at) return;
    if (what?.length && what.every((kind) => deaf.includes(kind))) at = version;
    else look();
  }

  // The browser comes back by itself after a cut, but not where streams are refused or swallowed on the way.
  function tend() {
    if (isOver) return;
    const silent = performance.now() - heard;
    if (source.readyState === EventSource.OPEN && silent < SILENT && heard) return;
    check();
    if (source.readyState === EventSource.CLOSED && silent > AGAIN) {
      heard = performance.now();
      connect();
    }
  }

  // The page that comes after a form has something to say («Guardamos…»), once: looking now would take it away.
  // On the window, after whoever on the page may send the form in another way.
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    isLeaving = true;
    leaving.abort();
  });
  connect();
  setInterval(tend, POLL);
  for (const when of ["online", "pageshow"]) window.addEventListener(when, check);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && check());
  return { look };
}

// Hidden fields differ on every page (tokens, keys for new writes) and say nothing that people see.
function plain(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("input[type=hidden]").forEach((input) => input.removeAttribute("value"));
  return copy.innerHTML;
}

function reconcile(box, other) {
  const name = (element) => element.dataset.part;
  const known = new Map([...box.children].map((element) => [name(element), element]));
  let before = box.firstElementChild;
  for (const fresh of [...other.children]) {
    let element = known.get(name(fresh));
    known.delete(name(fresh));
    if (!element) {
      element = document.adoptNode(fresh);
      element.classList.add("is-new");
      box.insertBefore(element, before);
      continue;
    }
    const isHeld = element.querySelector(".is-dragged"); // what somebody has in hand is not taken away
    if (!("keep" in element.dataset) && !isHeld && plain(element) !== plain(fresh)) {
      const typed = remember(element);
      const adopted = document.adoptNode(fresh);
      if (element === before) before = adopted;
      element.replaceWith(adopted);
      recall(adopted, typed);
      element = adopted;
    }
    if (element === before) before = before.nextElementSibling;
    else box.insertBefore(element, before);
  }
  for (const gone of known.values()) {
    const isUnsent = "keep" in gone.dataset && gone.querySelector("textarea")?.value.trim();
    gone.classList.toggle("is-late", Boolean(isUnsent));
    if (!isUnsent) gone.remove();
  }
}

// What somebody was in the middle of: ticks, texts not sent, what is unfolded, where the cursor is.
function remember(element) {
  const controls = [...element.querySelectorAll("input:not([type=hidden]), textarea, select")];
  return {
    ticks: controls.filter((one) => one.matches(":checked") && !one.defaultChecked).map((one) => [one.name, one.value]),
    texts: controls.filter((one) => one.id && "defaultValue" in one && one.type !== "checkbox" && one.type !== "radio" && one.value !== one.defaultValue).map((one) => [one.id, one.value]),
    picks: controls.filter((one) => one.id && one.tagName === "SELECT" && isPicked(one)).map((one) => [one.id, one.value]),
    open: [...element.querySelectorAll("details")].map((one, place) => (one.open ? place : -1)),
    focus: element.contains(document.activeElement) ? document.activeElement : null,
  };
}

function isPicked(select) {
  const first = [...select.options].find((one) => one.defaultSelected) ?? select.options[0];
  return first && select.value !== first.value;
}

function recall(element, { ticks, texts, picks, open, focus }) {
  for (const [name, value] of ticks) {
    const one = element.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (one) one.checked = true;
  }
  for (const [id, value] of [...texts, ...picks]) {
    const one = element.querySelector(`#${CSS.escape(id)}`);
    if (one) one.value = value;
  }
  element.querySelectorAll("details").forEach((one, place) => (one.open = one.open || open.includes(place)));
  if (!focus) return;
  const same = focus.id
    ? element.querySelector(`#${CSS.escape(focus.id)}`)
    : [...element.querySelectorAll(focus.tagName)].find((one) => one.name === focus.name && one.value === focus.value && one.textContent === focus.textContent);
  same?.focus({ preventScroll: true });
  if (same?.setSelectionRange && focus.selectionStart != null) same.setSelectionRange(focus.selectionStart, focus.selectionEnd);
}
