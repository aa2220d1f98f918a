// data-worksheet: each field saves itself a second after typing stops and when it is left. What cannot be sent waits in
// the browser and goes out when the connection is back, also after a reload. The server decides about stale writes.
import { Pending } from "./pending.js";

const WAIT = 1000;
const RETRY = [4000, 10_000, 30_000, 60_000];

export function bind(root) {
  const form = root.querySelector("#planilla");
  if (!form) return;
  const pending = new Pending(root.dataset.user);
  const timers = new Map();
  const sending = new Map(); // url -> the controls on their way
  let failures = 0;
  let retry = 0;

  const fieldAt = (url) => [...root.querySelectorAll("[data-url]")].find((field) => field.dataset.url === url);
  const valuesAround = (element) => element.closest?.(".field-values")?.closest("[data-url]");
  const versionOf = (field) => field.querySelector("[data-version]");

  function controlsOf(field) {
    const pairs = {};
    for (const control of field.querySelectorAll(".field-values :is(input, select, textarea)")) {
      if (!control.name || control.closest("template") || /-(version|base)$/.test(control.name)) continue;
      if (["radio", "checkbox"].includes(control.type) && !control.checked) continue;
      (pairs[control.name] ??= []).push(control.value);
    }
    return JSON.stringify(pairs);
  }

  function say(field, text, kind = "soft") {
    const state = field?.querySelector(".field-state");
    if (!state) return;
    const said = document.createElement("span");
    said.className = `state-${kind}`;
    said.textContent = text;
    state.replaceChildren(said);
  }

  function sayAll() {
    const count = pending.urls().length;
    const offline = !navigator.onLine || failures > 0;
    const text = `Sin conexión: ${count} ${count === 1 ? "cambio" : "cambios"} por guardar`;
    const all = root.querySelector("[data-all-state]");
    all.hidden = !(offline && count);
    if (all.textContent !== text) all.textContent = text;
    if (!offline) return;
    for (const url of pending.urls()) {
      const field = fieldAt(url);
      if (field && !field.querySelector(".conflict")) say(field, `Sin conexión: ${count} ${count === 1 ? "cambio" : "cambios"}`, "warn");
    }
  }

  function remember(field) {
    for (const id of field.querySelectorAll("[data-row-id]")) {
      if (!id.value && !id.closest("template")) id.value = crypto.getRandomValues(new Uint32Array(2)).join("").slice(0, 12);
    }
    const url = field.dataset.url;
    const entry = pending.get(url) ?? { base: versionOf(field).value, sent: null };
    pending.set(url, { ...entry, pairs: controlsOf(field) });
  }

  function later(url, wait) {
    clearTimeout(timers.get(url));
    timers.set(url, setTimeout(() => send(url), wait));
  }

  // What may have arrived without our knowing goes first: the server takes a repeated text as the same one.
  function send(url, whole = false) {
    clearTimeout(timers.get(url));
    timers.delete(url);
    const entry = pending.get(url);
    const field = fieldAt(url);
    if (!entry || sending.has(url) || field?.querySelector(".conflict")) return;
    if (!navigator.onLine) return sayAll();
    const pairs = entry.sent ?? entry.pairs;
    pending.set(url, { ...entry, sent: pairs });
    sending.set(url, pairs);
    say(field, "Guardando…");
    htmx.ajax("POST", url, {
      source: field ?? root,
      target: field ? (whole ? field : field.querySelector(".field-state")) : form,
      swap: field ? (whole ? "outerHTML" : "innerHTML") : "none",
      values: {
        campos: pairs,
        version: entry.base,
        csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value,
        ...(whole ? { completo: "1" } : {}),
      },
    });
  }

  function arrived(url, xhr) {
    const version = xhr.getResponseHeader?.("X-Answer-Version");
    const pairs = sending.get(url);
    const entry = pending.get(url);
    sending.delete(url);
    if (pairs === undefined) {
      // a decision about two texts, taken with a button
      if (xhr.status === 200 && version != null) pending.delete(url);
      return sayAll();
    }
    if (version == null || ![200, 409, 422].includes(xhr.status)) return failed(url, xhr);
    failures = 0;
    const field = fieldAt(url);
    const goesOn = entry && entry.pairs !== pairs;
    if (xhr.status === 200) {
      if (field) versionOf(field).value = version;
      if (goesOn) pending.set(url, { ...entry, base: version, sent: null });
      else pending.delete(url);
    } else if (entry) {
      pending.set(url, { ...entry, sent: null });
    }
    if (goesOn) {
      field?.querySelector(".field-conflict")?.replaceChildren();
      later(url, xhr.status === 200 ? WAIT / 4 : 0);
    } else if (xhr.status === 409) {
      say(field, "Falta que elijas qué queda", "warn");
      field?.querySelector(".field-conflict")?.focus();
    }
    sayAll();
  }

  function failed(url, xhr) {
    const field = fieldAt(url);
    if (xhr.status === 0 || xhr.status >= 500) {
      failures += 1;
      clearTimeout(retry);
      retry = setTimeout(sendAll, RETRY[Math.min(failures, RETRY.length) - 1]);
      return sayAll();
    }
    const why = xhr.status === 200 ? "Tu sesión terminó: entra de nuevo y se guardará." : "No se guardó: recarga la página.";
    say(field, `${why} Lo que escribiste sigue aquí.`, "bad");
  }

  function sendAll() {
    for (const url of pending.urls()) if (fieldAt(url) || pending.isLeftBehind(url)) send(url);
  }

  for (const kind of ["input", "change"]) {
    root.addEventListener(kind, (event) => {
      const field = valuesAround(event.target);
      if (!field) return;
      remember(field);
      later(field.dataset.url, event.type === "change" ? WAIT / 4 : WAIT);
    });
  }
  root.addEventListener("focusout", (event) => {
    const field = valuesAround(event.target);
    if (field && timers.has(field.dataset.url)) send(field.dataset.url);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll();
  });
  root.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const isOurs = xhr.getResponseHeader("X-Answer-Version") != null;
    const here = fieldAt(event.detail.requestConfig.path);
    if ([409, 422].includes(xhr.status)) event.detail.isError = false;
    event.detail.shouldSwap = isOurs && Boolean(here) && [200, 409, 422].includes(xhr.status);
  });
  root.addEventListener("htmx:afterRequest", (event) => arrived(event.detail.requestConfig.path, event.detail.xhr));
  window.addEventListener("online", () => {
    failures = 0;
    sendAll();
    sayAll();
  });
  window.addEventListener("offline", sayAll);
  window.addEventListener("pagehide", () => {
    for (const [url, timer] of timers) {
      clearTimeout(timer);
      const entry = pending.get(url);
      if (!entry || entry.sent || !navigator.onLine) continue;
      pending.set(url, { ...entry, sent: entry.pairs });
      const body = new URLSearchParams({
        campos: entry.pairs,
        version: entry.base,
        csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value,
      });
      fetch(url, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
    }
  });

  root.querySelector("[data-auto]").hidden = false;
  for (const url of pending.urls()) if (pending.isLeftBehind(url)) send(url, Boolean(fieldAt(url)));
  sayAll();
}
