// Texts that save themselves, one for each address. What cannot be sent waits in the browser and goes out when the
// connection is back, also after a reload. What a text means, and which of two texts stays, the server decides.
// An entry of `Pending`: { text, was: what it was written over, sent: what may have arrived, fields, page }.
import { Pending } from "./pending.js";

const RETRY = 5000;

export const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

// `page` shows what becomes of a text: has(url), say(url, text, kind, link), restore(url, entry), saved(url, said),
// changed(url, entry, said) when somebody else wrote meanwhile, refused(url, entry, message), and keep(), which writes
// what is still being typed because the page is going away.
export function outbox(user, page) {
  const pending = new Pending(`rejilla:${user}`);
  const sending = new Set();
  const asking = new Set(); // addresses where somebody has to do something first
  const told = new Set(); // those where we said that they wait
  let retry = 0;

  const ours = () => pending.urls().filter((url) => pending.isLeftBehind(url));
  const left = () => ours().filter((url) => !asking.has(url));

  function write(url, text, was, fields = {}) {
    const blank = { was, fields, sent: null, page: location.pathname + location.search };
    pending.set(url, { ...blank, ...pending.get(url), text });
    send(url);
  }

  // What may have arrived without our knowing goes first: the server takes a repeated text as the same one.
  async function send(url) {
    const entry = pending.get(url);
    if (!entry || sending.has(url) || asking.has(url)) return;
    if (!navigator.onLine) return wait();
    const text = entry.sent ?? entry.text;
    pending.set(url, { ...entry, sent: text });
    sending.add(url);
    told.delete(url);
    page.say(url, "Guardando…");
    const { status, said } = await post(url, { ...entry.fields, text, was: entry.was });
    sending.delete(url);
    if (!status || status >= 500) return wait();
    if (!said || ![200, 409, 422].includes(status)) return lost(url, entry, status);
    const latest = pending.get(url) ?? entry;
    const goesOn = latest.text !== text;
    if (goesOn) {
      pending.set(url, { ...latest, sent: null, was: status === 200 ? said.said : latest.was });
      return send(url);
    }
    if (status === 200) {
      pending.delete(url);
      page.saved(url, said);
      page.say(url, `✓ Guardado ${said.at}`, "good");
      if (left().length && !sending.size) wait();
    } else if (!page.has(url)) {
      asking.add(url);
      page.say(url, "Un cambio tuyo espera que lo revises en ", "warn", entry.page);
    } else if (status === 409) {
      asking.add(url);
      page.changed(url, entry, said);
    } else {
      pending.delete(url);
      page.refused(url, entry, said.message);
    }
  }

  function lost(url, entry, status) {
    asking.add(url);
    if (status === 404) {
      pending.delete(url);
      return page.say(url, `No se guardó: ya no está en el mapa. Escribiste: «${entry.text}»`, "bad");
    }
    const why = status === 200 ? "Tu sesión terminó: entra de nuevo y se guardará." : "No se guardó: recarga la página.";
    page.say(url, `${why} Lo que escribiste sigue aquí.`, "bad");
  }

  function wait(urls = left()) {
    for (const url of urls) {
      told.add(url);
      page.say(url, `Sin conexión: ${urls.length} ${urls.length === 1 ? "cambio" : "cambios"} por guardar`, "warn");
    }
    clearTimeout(retry);
    if (pending.urls().length) retry = setTimeout(sendAll, RETRY);
  }

  // What another page of this browser has written is left to it, until it is gone or takes too long.
  function sendAll() {
    for (const url of told) {
      if (pending.get(url)) continue;
      told.delete(url);
      page.say(url, "");
    }
    const found = left();
    found.forEach(send);
    if (!found.length) wait([]);
  }

  // Somebody chose what stays: nothing waits any more.
  function decide(url) {
    asking.delete(url);
    pending.delete(url);
  }

  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && page.keep());
  window.addEventListener("pagehide", () => {
    page.keep();
    ours().forEach((url) => pending.leave(url));
  });

  const found = pending.urls();
  for (const url of found) page.restore(url, pending.get(url));
  wait(found);
  sendAll();
  return { write, decide, left };
}

async function post(url, fields) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      keepalive: true, // it goes on when the page is left
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() }),
    });
    const isOurs = answer.headers.get("content-type")?.startsWith("application/json");
    return { status: answer.status, said: isOurs ? await answer.json() : null };
  } catch {
    return { status: 0, said: null };
  }
}

// A line of state says `text`, and may end in a link to the page where something waits.
export function tell(line, text, kind = "soft", link = "") {
  if (line.textContent === text) return; // said once, however often it is tried
  for (const name of ["soft", "good", "warn", "bad"]) line.classList.toggle(`state-${name}`, name === kind);
  line.replaceChildren(text);
  if (link) line.append(Object.assign(document.createElement("a"), { href: link, textContent: "la página donde lo escribiste" }));
}

// Both texts, to be put where they belong; `chosen("mine" | "theirs")` hears which one stays.
export function conflict(theirs, mine, chosen) {
  const panel = document.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild;
  panel.querySelector("[data-theirs]").textContent = theirs || "vacío";
  panel.querySelector("[data-mine]").textContent = mine || "vacío";
  panel.addEventListener("click", (event) => {
    const kept = event.target.closest("[data-keep]")?.dataset.keep;
    if (!kept) return;
    panel.remove();
    chosen(kept);
  });
  return panel;
}
