// Notes of a question dragged by their handle from one theme to another ([data-theme], whose value is its name). The
// form that holds them ([data-themes]) does the same with its boxes and its field. «*» makes a theme named for the note.
import { bindDrag } from "./drag.js";

const NAME = 60;

export function bind(root, look) {
  bindDrag(root, {
    rows: "[data-note]",
    listsFor: (note) => [...note.closest("[data-themes]").querySelectorAll("[data-theme]")],
    dropped: move,
    ended: look, // what arrived meanwhile
  });

  async function move(note) {
    const form = note.closest("[data-themes]");
    const { theme } = note.closest("[data-theme]").dataset;
    const words = note.querySelector("[data-words]").textContent.trim().replace(/\s+/g, " ");
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value,
      que: "agrupar",
      tema: theme === "*" ? words.slice(0, NAME) : theme,
      nota: note.dataset.note,
    });
    await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => {});
    look();
  }
}
