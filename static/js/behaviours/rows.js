// Inside data-worksheet: rows of a list or table (data-rows). Add, move with buttons or Alt+arrows, drag notes by their
// handle, take away with undo, and put one note into another. The same buttons work without this, through the server.
import { bindDrag } from "./drag.js";

const PICK = "Juntar";
const HERE = "Juntar aquí";

export function bind(root) {
  const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row]")];
  const listIn = (element) => element.closest(".field")?.querySelector("[data-rows]");

  function tell(list) {
    const rows = rowsOf(list);
    rows.forEach((row, place) => {
      const number = row.querySelector("[data-row-number]");
      if (number) number.textContent = `Renglón ${place + 1}`;
      row.querySelector('[data-move="up"]')?.toggleAttribute("disabled", place === 0);
      row.querySelector('[data-move="down"]')?.toggleAttribute("disabled", place === rows.length - 1);
      row.querySelector("[data-join]")?.toggleAttribute("disabled", rows.length < 2);
    });
    const add = list.closest(".field").querySelector("[data-add]");
    if (!add) return; // a table whose rows come from elsewhere takes no more
    add.hidden = false;
    add.disabled = rows.length >= Number(list.dataset.most);
  }

  function changed(list) {
    tell(list);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function say(list, text, undo) {
    const line = list.closest(".field").querySelector("[data-undo]");
    line.replaceChildren(text);
    if (!undo) return;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Deshacer" });
    button.className = "btn btn-sm btn-quiet";
    button.addEventListener("click", () => {
      undo();
      line.replaceChildren("Deshecho.");
      changed(list);
    });
    line.append(" ", button);
  }

  const firstControl = (row) => row.querySelector("textarea, select, input:not([type=hidden])");

  function add(list) {
    const template = list.closest(".field").querySelector("template[data-row-template]");
    list.append(template.content.cloneNode(true));
    tell(list);
    firstControl(rowsOf(list).at(-1)).focus();
  }

  function move(row, way) {
    const list = row.parentElement;
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other?.matches("[data-row]")) return;
    way === "up" ? other.before(row) : other.after(row);
    moved(row);
  }

  function moved(row) {
    const list = row.parentElement;
    changed(list);
    say(list, `Ahora va en el lugar ${rowsOf(list).indexOf(row) + 1}.`);
  }

  function remove(row) {
    const list = row.parentElement;
    const next = row.nextElementSibling;
    row.remove();
    say(list, list.dataset.thing === "nota" ? "Nota borrada." : "Renglón quitado.", () => {
      next?.isConnected ? next.before(row) : list.append(row);
    });
    if (!rowsOf(list).length) add(list);
    changed(list);
    list.closest(".field").querySelector("[data-undo] button")?.focus();
  }

  function stopJoining(list) {
    for (const row of rowsOf(list)) {
      row.classList.remove("is-joining");
      row.querySelector("[data-join]").textContent = PICK;
    }
  }

  function join(row) {
    const list = row.parentElement;
    const picked = rowsOf(list).find((one) => one.classList.contains("is-joining"));
    stopJoining(list);
    if (picked === row) return say(list, "");
    if (!picked) {
      row.classList.add("is-joining");
      for (const other of rowsOf(list)) if (other !== row) other.querySelector("[data-join]").textContent = HERE;
      row.querySelector("[data-join]").textContent = "No juntar";
      return say(list, "Elige con cuál nota juntarla.");
    }
    const part = (one, name) => one.querySelector(name);
    const names = ["[data-main]", "[data-part=author]", "[data-part=group]"];
    const before = names.map((name) => part(row, name).value);
    const [text, author, group] = names.map((name) => [part(row, name).value.trim(), part(picked, name).value.trim()]);
    part(row, names[0]).value = text.filter(Boolean).join("\n");
    part(row, names[1]).value = [...new Set(author.filter(Boolean))].join(", ");
    part(row, names[2]).value = group[0] || group[1];
    const next = picked.nextElementSibling;
    picked.remove();
    changed(list);
    part(row, names[0]).focus();
    say(list, "Quedaron en una sola nota.", () => {
      names.forEach((name, place) => (part(row, name).value = before[place]));
      next?.isConnected ? next.before(picked) : list.append(picked);
    });
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const list = button && listIn(button);
    if (!list) return;
    const row = button.closest("[data-row]");
    if (button.matches("[data-add]")) add(list);
    else if (!row) return;
    else if (button.matches("[data-move]")) {
      move(row, button.dataset.move);
      (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button)?.focus();
    } else if (button.matches("[data-remove]")) remove(row);
    else if (button.matches("[data-join]")) join(row);
    else return;
    event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.target.matches("select")) return;
    const mayMove = (event.altKey || event.target.matches("[data-handle]")) && row.querySelector("[data-move]");
    if (mayMove && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      move(row, event.key === "ArrowUp" ? "up" : "down");
      event.target.focus();
    } else if (event.key === "Escape" && row.querySelector("[data-join]")) {
      stopJoining(row.parentElement);
      say(row.parentElement, "");
    }
  });
  bindDrag(root, { rows: "[data-row]", listsFor: (row) => [row.parentElement], dropped: moved });
  const prepare = () => root.querySelectorAll("[data-rows]").forEach(tell);
  root.addEventListener("htmx:load", prepare);
  prepare();
}
