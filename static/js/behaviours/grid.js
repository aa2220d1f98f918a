// data-grid: a table that is written like a spreadsheet. Each cell saves itself through the outbox; `celda-guardada` on
// the body tells what is drawn or counted from them.
import { block } from "./clipboard.js";
import { conflict, outbox, tell, token } from "./outbox.js";

const TOUCHED = "(pointer: coarse), (max-width: 48rem)";

export function bind(table) {
  const read = table.hasAttribute("data-readonly");
  const state = document.querySelector("[data-saving-state]");
  const problems = document.querySelector("[data-grid-problems]");
  const undone = [];
  let editor = null; // { cell, control, error, before: what the cell said, keyed: whether the last choice was by keyboard }

  const rows = () => [...table.querySelectorAll("[data-actor-row]")];
  const cellsOf = (row) => [...row.querySelectorAll("[data-column]")];
  const address = (cell) =>
    table.dataset.cell.replace("/0/", `/${cell.parentNode.dataset.actorRow}/`).replace("COLUMNA", cell.dataset.column);
  const cellAt = (url) => rows().flatMap(cellsOf).find((cell) => address(cell) === url);
  const optionsOf = (column) => document.querySelector(`template[data-options="${column}"]`)?.content.cloneNode(true);

  const say = (...what) => tell(state, ...what);

  function focus(cell) {
    if (!cell) return;
    for (const one of table.querySelectorAll('[data-column][tabindex="0"]')) one.tabIndex = -1;
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

  // `typed` takes the place of what the cell says; so does a text that was refused, until it is right.
  function edit(cell, typed = null) {
    if (read || cell.querySelector(".conflict")) return;
    if (editor?.cell === cell) return editor.control.focus();
    if (editor) commit();
    const refused = cell.dataset.refused;
    delete cell.dataset.refused;
    cell.querySelector(".cell-error")?.remove();
    const choice = cell.dataset.kind === "choice";
    const control = document.createElement(choice ? "select" : cell.dataset.kind === "line" ? "input" : "textarea");
    control.className = choice ? "form-select" : "form-control";
    control.setAttribute("aria-label", `${cell.dataset.label} de ${nameOf(cell)}`);
    if (choice) {
      control.append(optionsOf(cell.dataset.column));
      control.value = cell.dataset.said;
      if (typed) control.value = [...control.options].find((one) => one.text.toLowerCase().startsWith(typed.toLowerCase()))?.value ?? cell.dataset.said;
    } else {
      control.value = typed ?? refused ?? cell.dataset.said;
      if (cell.dataset.column === "holder") control.setAttribute("list", "lista-holder");
      if (control.tagName === "TEXTAREA") control.rows = Math.max(2, control.value.split("\n").length);
    }
    const error = problem();
    cell.classList.add("is-editing");
    cell.append(control, error);
    editor = { cell, control, error, before: cell.dataset.said, keyed: false };
    control.focus();
    if (!choice && typed === null) control.select();
  }

  function problem() {
    const error = Object.assign(document.createElement("p"), { className: "cell-error" });
    error.setAttribute("role", "alert");
    return error;
  }

  function close() {
    const { cell, control, error } = editor;
    editor = null;
    control.remove();
    error.remove();
    cell.classList.remove("is-editing");
  }

  // Save what is being typed without leaving it.
  function keep() {
    if (!editor) return;
    const { cell, control } = editor;
    if (control.value !== cell.dataset.said) write(cell, control.value, cell.dataset.said);
  }

  function commit(next) {
    const { cell } = editor;
    keep();
    close();
    focus(next ?? cell);
  }

  function abandon() {
    const { cell, before } = editor;
    close();
    if (cell.dataset.said !== before) write(cell, before, cell.dataset.said, false);
    focus(cell);
  }

  // ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function write(cell, text, was, remember = true) {
    const url = address(cell);
    if (remember) undone.push({ url, text: was });
    waiting(cell, text);
    box.write(url, text, was);
  }

  function waiting(cell, text) {
    delete cell.dataset.refused;
    if (editor?.cell !== cell) cell.querySelector(".cell-error")?.remove();
    show(cell, text, labelled(cell, text));
    cell.classList.add("is-waiting");
  }

  function settle(cell, said, shown) {
    cell.classList.remove("is-waiting");
    show(cell, said, shown);
  }

  function restore(url, entry) {
    const cell = cellAt(url);
    if (cell) waiting(cell, entry.text);
  }

  function saved(url, said) {
    const cell = cellAt(url);
    if (cell) settle(cell, said.said, said.shown);
    htmx.trigger(document.body, "celda-guardada");
  }

  function refused(url, { text, was }, message) {
    const cell = cellAt(url);
    if (undone.at(-1)?.url === url) undone.pop();
    settle(cell, was, labelled(cell, was));
    if (editor?.cell !== cell && cell.dataset.kind !== "choice") cell.dataset.refused = text;
    say("No se guardó: revisa la celda marcada.", "bad");
    if (!editor) edit(cell);
    else if (editor.cell !== cell) cell.append(problem());
    cell.querySelector(".cell-error").textContent = message;
  }

  function labelled(cell, code) {
    const found = [...(optionsOf(cell.dataset.column)?.children ?? [])].find((one) => one.value === code);
    return found ? (code ? found.text : "") : code;
  }

  function changed(url, entry, said) {
    const cell = cellAt(url);
    const mine = editor?.cell === cell ? editor.control.value : entry.text;
    if (editor?.cell === cell) close();
    const panel = conflict(said.shown, labelled(cell, mine), (kept) => {
      box.decide(url);
      settle(cell, said.now, said.shown);
      say("");
      if (kept === "mine") write(cell, mine, said.now, false);
      focus(cell);
    });
    cell.append(panel);
    say(said.message, "warn");
    if (!editor) panel.querySelector("button").focus();
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
    editor.keyed = true;
    if (event.key === "Escape") {
      event.preventDefault();
      abandon();
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
    if (document.activeElement !== cell && !matchMedia(TOUCHED).matches) return focus(cell);
    edit(cell);
    if (editor?.control.options && event.pointerType === "touch") editor.control.showPicker?.();
  });
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-column]");
    if (cell && !event.target.closest("a")) edit(cell);
  });
  table.addEventListener("focusout", () => {
    setTimeout(() => {
      if (!editor || editor.cell.contains(document.activeElement)) return;
      keep();
      close();
    });
  });
  // Arrows change a list at every step: only a choice by touch or mouse is taken at once.
  table.addEventListener("pointerdown", (event) => {
    if (editor?.control === event.target) editor.keyed = false;
  });
  table.addEventListener("change", (event) => {
    if (editor?.control === event.target && editor.control.options && !editor.keyed) commit();
  });
  document.addEventListener("copy", (event) => {
    const cell = document.activeElement;
    if (!table.contains(cell) || !cell.matches("[data-column]") || String(getSelection())) return;
    event.clipboardData.setData("text/plain", cell.querySelector(".said").textContent);
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    const cell = document.activeElement;
    if (read || !table.contains(cell) || !cell.matches("[data-column]")) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (text.trim()) paste(cell, text);
  });

  const box = outbox(table.dataset.user, {
    has: (url) => Boolean(cellAt(url)),
    say: (url, text, kind, link) => kind === "good" && box.left().length ? null : say(text, kind, link),
    restore, saved, changed, refused, keep,
  });
}
