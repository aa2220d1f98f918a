// data-grid: a table that is written like a spreadsheet. Each cell saves itself; what cannot be sent waits in the browser
// and goes out when the connection is back. What a text means, and which of two texts stays, the server decides.
import { Pending } from "./pending.js";
import { block } from "./clipboard.js";

const RETRY = 5000;

export function bind(table) {
  const read = table.hasAttribute("data-readonly");
  const pending = new Pending(`rejilla:${table.dataset.user}`);
  const state = document.querySelector("[data-grid-state]");
  const problems = document.querySelector("[data-grid-problems]");
  const sending = new Set();
  const undone = [];
  let editor = null;

  const frame = table.closest("#rejilla");
  const here = () => frame.querySelector("[data-grid]");
  const rows = () => [...here().querySelectorAll("[data-actor-row]")];
  const cellsOf = (row) => [...row.querySelectorAll("[data-column]")];
  const token = () => document.querySelector("[data-grid-token]").value;
  const address = (cell) =>
    table.dataset.cell.replace("/0/", `/${cell.parentNode.dataset.actorRow}/`).replace("COLUMNA", cell.dataset.column);
  const cellAt = (url) => rows().flatMap(cellsOf).find((cell) => address(cell) === url);
  const optionsOf = (column) => document.querySelector(`template[data-options="${column}"]`)?.content.cloneNode(true);

  function say(text, kind = "soft") {
    state.className = `grid-state state-${kind}`;
    state.textContent = text;
  }

  function focus(cell) {
    if (!cell) return;
    for (const one of here().querySelectorAll('[data-column][tabindex="0"]')) one.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
  }

  function near(cell, down, right) {
    const all = rows();
    const row = all[all.indexOf(cell.parentNode) + down];
    return row && cellsOf(row)[cellsOf(cell.parentNode).indexOf(cell) + right];
  }

  function show(cell, said, shown) {
    cell.dataset.said = said;
    if (cell.hasAttribute("data-code")) cell.dataset.code = said;
    cell.querySelector(".said").textContent = shown;
    cell.setAttribute("aria-label", `${cell.dataset.label} de ${nameOf(cell)}: ${shown || "vacío"}`);
  }

  const nameOf = (cell) => cell.parentNode.querySelector('[data-column="name"] .said')?.textContent ?? "";

  // ── Editing ──────────────────────────────────────────────────────────────────────────────────────────────────────

  function edit(cell, typed = null) {
    if (read || editor || cell.querySelector(".conflict")) return;
    const choice = cell.dataset.kind === "choice";
    const control = document.createElement(choice ? "select" : cell.dataset.kind === "line" ? "input" : "textarea");
    control.className = choice ? "form-select" : "form-control";
    control.setAttribute("aria-label", `${cell.dataset.label} de ${nameOf(cell)}`);
    if (choice) {
      control.append(optionsOf(cell.dataset.column));
      control.value = cell.dataset.said;
      if (typed) control.value = [...control.options].find((one) => one.text.toLowerCase().startsWith(typed.toLowerCase()))?.value ?? cell.dataset.said;
    } else {
      control.value = typed ?? cell.dataset.said;
      if (cell.dataset.column === "holder") control.setAttribute("list", "lista-holder");
      if (control.tagName === "TEXTAREA") control.rows = Math.max(2, control.value.split("\n").length);
    }
    const error = document.createElement("p");
    error.className = "cell-error";
    error.setAttribute("role", "alert");
    cell.classList.add("is-editing");
    cell.append(control, error);
    editor = { cell, control, error };
    control.focus();
    if (!choice && typed === null) control.select();
  }

  function close() {
    if (!editor) return;
    const { cell, control, error } = editor;
    editor = null;
    control.remove();
    error.remove();
    cell.classList.remove("is-editing");
  }

  function commit(next) {
    const { cell, control } = editor;
    const text = control.value;
    close();
    if (text !== cell.dataset.said) write(cell, text, cell.dataset.said);
    focus(next ?? cell);
  }

  // ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function write(cell, text, was, remember = true) {
    const url = address(cell);
    const waiting = pending.get(url);
    if (remember) undone.push({ url, text: was });
    pending.set(url, { text, was: waiting ? waiting.was : was });
    const option = [...(optionsOf(cell.dataset.column)?.children ?? [])].find((one) => one.value === text);
    show(cell, text, option && text ? option.text : text && option === undefined ? text : "");
    cell.classList.add("is-waiting");
    send(url);
  }

  async function send(url) {
    const entry = pending.get(url);
    if (!entry || sending.has(url)) return;
    sending.add(url);
    say("Guardando…");
    let answer;
    try {
      const body = new URLSearchParams({ text: entry.text, was: entry.was, csrfmiddlewaretoken: token() });
      answer = await fetch(url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    } catch {
      sending.delete(url);
      return wait();
    }
    sending.delete(url);
    if (answer.status >= 500) return wait();
    const cell = cellAt(url);
    const json = answer.headers.get("content-type")?.startsWith("application/json");
    const said = json ? await answer.json() : {};
    const latest = pending.get(url);
    if (answer.ok && json) {
      if (latest && latest.text !== entry.text) {
        pending.set(url, { text: latest.text, was: said.said });
        return send(url);
      }
      pending.delete(url);
      cell?.classList.remove("is-waiting");
      if (cell) show(cell, said.said, said.shown);
      const left = pending.urls().length;
      return left ? wait() : say(`✓ Guardado ${said.at}`, "good");
    }
    if (answer.status === 409 && cell) return choose(cell, url, entry, said);
    if (answer.status === 422 && cell) {
      pending.delete(url);
      undone.pop();
      cell.classList.remove("is-waiting");
      const { text, was } = entry;
      show(cell, was, labelled(cell, was));
      if (!editor) {
        edit(cell, cell.dataset.kind === "choice" ? null : text);
        editor.error.textContent = said.message;
      }
      return say("No se guardó: revisa la celda marcada.", "bad");
    }
    if (answer.status === 404) pending.delete(url);
    say("No se guardó. Recarga la página: lo que escribiste sigue aquí.", "bad");
  }

  function labelled(cell, code) {
    const found = [...(optionsOf(cell.dataset.column)?.children ?? [])].find((one) => one.value === code);
    return found ? (code ? found.text : "") : code;
  }

  function wait() {
    const left = pending.urls().length;
    if (!left) return say("");
    say(`Sin conexión: ${left} ${left === 1 ? "cambio" : "cambios"} por guardar`, "warn");
    setTimeout(sendAll, RETRY);
  }

  function sendAll() {
    for (const url of pending.urls()) if (cellAt(url)) send(url);
  }

  function choose(cell, url, entry, said) {
    const panel = document.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild;
    panel.querySelector("[data-theirs]").textContent = said.shown || "vacío";
    panel.querySelector("[data-mine]").textContent = labelled(cell, entry.text) || "vacío";
    panel.addEventListener("click", (event) => {
      const kept = event.target.closest("[data-keep]")?.dataset.keep;
      if (!kept) return;
      panel.remove();
      pending.delete(url);
      show(cell, said.now, said.shown);
      cell.classList.remove("is-waiting");
      if (kept === "mine") write(cell, entry.text, said.now, false);
      else say("");
      focus(cell);
    });
    cell.append(panel);
    say(said.message, "warn");
    panel.querySelector("button").focus();
  }

  async function paste(cell, text) {
    const lines = block(text);
    const all = rows();
    const first = all.indexOf(cell.parentNode);
    const names = cellsOf(cell.parentNode).map((one) => one.dataset.column);
    const from = names.indexOf(cell.dataset.column);
    const wide = Math.max(...lines.map((line) => line.length));
    if (from + wide > names.length) return fail([`Pegaste ${wide} columnas y desde aquí caben ${names.length - from}: empieza más a la izquierda.`]);
    if (first + lines.length > all.length && !(table.hasAttribute("data-grows") && from === 0)) {
      return fail([`Pegaste ${lines.length} renglones y desde aquí caben ${all.length - first}. Para agregar actores, pega desde la columna Actores.`]);
    }
    const sent = lines.map((line, down) => {
      const row = all[first + down];
      const cells = {};
      const was = {};
      line.forEach((value, right) => {
        const column = names[from + right];
        cells[column] = value;
        if (row) was[column] = cellsOf(row)[from + right].dataset.said;
      });
      return { actor: row ? row.dataset.actorRow : null, cells, was };
    });
    say("Guardando…");
    let answer;
    try {
      answer = await fetch(table.dataset.paste, {
        method: "POST",
        body: new URLSearchParams({ rows: JSON.stringify(sent), csrfmiddlewaretoken: token() }),
      });
    } catch {
      return fail(["Sin conexión: no se guardó nada de lo que pegaste. Pégalo otra vez cuando vuelva."]);
    }
    const said = await answer.json().catch(() => ({ problems: ["No se guardó: recarga la página y pega otra vez."] }));
    if (!answer.ok) return fail(said.problems);
    problems.hidden = true;
    await htmx.ajax("GET", table.dataset.self, { target: "#rejilla", swap: "outerHTML" });
    location.reload();
  }

  function fail(texts) {
    say("");
    problems.hidden = false;
    problems.querySelector("ul").replaceChildren(
      ...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
    problems.scrollIntoView({ block: "nearest" });
  }

  function undo() {
    const last = undone.pop();
    const cell = last && cellAt(last.url);
    if (!cell) return;
    write(cell, last.text, cell.dataset.said, false);
    focus(cell);
  }

  // ── Keyboard, mouse, clipboard ───────────────────────────────────────────────────────────────────────────────────

  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-column]");
    if (!cell) return;
    if (editor && event.target === editor.control) return inEditor(event, cell);
    if (event.target !== cell) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      return undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) {
      event.preventDefault();
      focus(near(cell, ...move));
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      focus(cellsOf(cell.parentNode).at(event.key === "Home" ? 0 : -1));
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(cell);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !read && cell.dataset.column !== "name") {
      event.preventDefault();
      if (cell.dataset.said) write(cell, "", cell.dataset.said);
    } else if (event.key.length === 1 && event.key !== " ") {
      event.preventDefault();
      edit(cell, event.key);
    }
  });

  function inEditor(event, cell) {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      focus(cell);
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      commit(near(cell, 1, 0));
    } else if (event.key === "Tab") {
      const next = near(cell, 0, event.shiftKey ? -1 : 1);
      if (next) event.preventDefault();
      commit(next);
    }
    event.stopPropagation();
  }

  table.addEventListener("click", (event) => {
    if (event.target.closest("a, button, select, input, textarea")) return;
    const cell = event.target.closest("[data-column]");
    if (!cell) return;
    if (document.activeElement === cell || matchMedia("(pointer: coarse), (max-width: 48rem)").matches) edit(cell);
    else focus(cell);
  });
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-column]");
    if (cell && !event.target.closest("a")) edit(cell);
  });
  table.addEventListener("focusout", () => {
    setTimeout(() => {
      if (editor && !editor.cell.contains(document.activeElement)) {
        const { cell, control } = editor;
        const text = control.value;
        close();
        if (text !== cell.dataset.said) write(cell, text, cell.dataset.said);
      }
    });
  });
  document.addEventListener("copy", (event) => {
    const cell = document.activeElement;
    if (!here().contains(cell) || !cell.matches("[data-column]") || String(getSelection())) return;
    event.clipboardData.setData("text/plain", cell.querySelector(".said").textContent);
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    const cell = document.activeElement;
    if (read || !here().contains(cell) || !cell.matches("[data-column]")) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (text.trim()) paste(cell, text);
  });
  window.addEventListener("online", sendAll);
  for (const url of pending.urls()) if (cellAt(url) && pending.isLeftBehind(url)) send(url);
}
