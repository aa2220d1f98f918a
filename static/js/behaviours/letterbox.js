// Writes of a phone, kept in its browser until the server has them: each under a key of its own, with which the server
// applies it once however often it arrives. [data-outbox] marks the forms; those that can be sent "once" hide while
// what they said waits. [data-outbox-state] is where people see what waits. What the server refuses stays in sight with
// its reason, until whoever wrote it has seen it.
const RETRY = [1000, 2000, 4000, 8000];

export function bind(root, sent) {
  const prefix = `alianzas-taller:${location.pathname.split("/")[2]}:`;
  const memory = new Map(); // where the browser keeps nothing, at least until the page closes
  let failures = 0;
  let timer = 0;
  let isSending = false;

  function keep(id, entry) {
    memory.set(id, entry);
    try {
      localStorage.setItem(prefix + id, JSON.stringify(entry));
    } catch {
      // full or forbidden: memory has it
    }
  }

  function drop(id) {
    memory.delete(id);
    try {
      localStorage.removeItem(prefix + id);
    } catch {
      // nothing was kept there
    }
  }

  // In the order in which they were written.
  function all() {
    const found = new Map(memory);
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix)) found.set(key.slice(prefix.length), JSON.parse(localStorage.getItem(key)));
      }
    } catch {
      // memory only
    }
    return [...found].sort(([, one], [, other]) => one.at - other.at);
  }

  const waiting = () => all().filter(([, entry]) => !entry.refused);

  function show(said = "") {
    const box = root.querySelector("[data-outbox-state]");
    if (!box) return;
    const refused = all().filter(([, entry]) => entry.refused);
    const left = waiting();
    const lines = [];
    if (left.length) lines.push(`Pendiente (${left.length}): se envía en cuanto haya conexión.`);
    else if (said) lines.push(said);
    const parts = lines.map((text) => Object.assign(document.createElement("p"), { textContent: text }));
    for (const [id, entry] of refused) {
      const text = document.createElement("p");
      const written = new URLSearchParams(entry.body).get("text");
      text.textContent = `${entry.refused}${written ? ` Escribiste: «${written}»` : ""} `;
      const seen = Object.assign(document.createElement("button"), { type: "button", className: "small-button quiet", textContent: "Entendido" });
      seen.addEventListener("click", () => {
        drop(id);
        show();
      });
      parts.push(text, seen);
    }
    box.replaceChildren(...parts);
    box.hidden = !parts.length;
    for (const form of root.querySelectorAll('[data-outbox="once"]')) {
      form.hidden = left.some(([, entry]) => entry.url === form.getAttribute("action"));
    }
    box.classList.toggle("is-bad", refused.length > 0);
    box.classList.toggle("is-sent", !left.length && !refused.length);
  }

  async function flush() {
    clearTimeout(timer);
    if (isSending) return;
    isSending = true;
    let said = "";
    try {
      for (let next; (next = waiting()[0]); ) {
        const [id, entry] = next;
        const { status, message } = await post(entry);
        if (!status || status >= 500 || status === 429) {
          failures += 1;
          timer = setTimeout(flush, RETRY[Math.min(failures, RETRY.length) - 1]);
          return;
        }
        failures = 0;
        if (status === 200) {
          drop(id);
          said = "Enviada ✓";
          sent();
        } else {
          const gone = "El taller terminó, o esa nota ya no está: no se pudo enviar.";
          keep(id, { ...entry, refused: status === 404 ? gone : message || "No se pudo enviar. Recarga la página." });
          sent();
        }
      }
    } finally {
      isSending = false;
      show(said);
      if (said) setTimeout(show, 2500);
    }
  }

  async function post({ url, body }) {
    try {
      const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value ?? (await freshToken());
      let answer = await send(url, body, token);
      if (answer.status === 403) answer = await send(url, body, await freshToken());
      const isOurs = answer.headers.get("content-type")?.startsWith("application/json");
      return { status: answer.status, message: isOurs ? (await answer.json()).said : "" };
    } catch {
      return { status: 0 };
    }
  }

  const send = (url, body, token) =>
    fetch(url, {
      method: "POST",
      keepalive: true,
      redirect: "manual",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams([...new URLSearchParams(body), ["csrfmiddlewaretoken", token]]),
    });

  async function freshToken() {
    const answer = await fetch(document.body.dataset.livePage, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-outbox]");
    if (!form) return;
    event.preventDefault();
    const text = form.querySelector("textarea");
    const isEmptied = Boolean(event.submitter && "empty" in event.submitter.dataset);
    const fields = new FormData(form);
    const key = newKey();
    fields.delete("csrfmiddlewaretoken");
    fields.set("key", key);
    if (text) {
      fields.set("text", isEmptied ? "" : text.value.trim());
      if (!fields.get("text") && !isEmptied) return text.focus();
    }
    const body = new URLSearchParams(fields).toString();
    keep(key, { url: form.getAttribute("action"), body, at: Date.now() + performance.now() / 1e6 });
    if (!("keep" in form.dataset)) {
      form.closest("details")?.removeAttribute("open");
    } else if (text) {
      form.reset();
      text.value = "";
      text.focus();
    }
    show();
    flush();
  });

  window.addEventListener("online", () => {
    failures = 0;
    flush();
  });
  document.body.addEventListener("live:taken", () => show());
  show();
  flush();
}

// `crypto.randomUUID` is missing over plain http, where a room without internet works.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
