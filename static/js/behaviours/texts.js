// data-texts: texts of a page, each in a form (data-text) that saves itself like a cell of the matrix: when somebody
// leaves the field, or, with data-while-typing, also when they pause. `change`, where a form has it, tells apart forms
// that go to one address. A form says `text-saved`, with the answer, when its text is kept.
import { conflict, outbox, tell } from "./outbox.js";

const PAUSE = 1500;

export function bind(list) {
  const general = document.querySelector("[data-saving-state]");
  const forms = [...list.querySelectorAll("[data-text]")];
  const address = (form) => form.getAttribute("action") + (form.elements.change ? `#${encodeURIComponent(form.elements.change.value)}` : "");
  const formAt = (url) => forms.find((form) => address(form) === url);
  const say = (url, ...what) => tell(formAt(url)?.querySelector("[data-state]") ?? general, ...what);
  const timers = new Map();

  // The default value of the field is what it is written over.
  function write(form) {
    clearTimeout(timers.get(form));
    const { text, change } = form.elements;
    if (text.readOnly || text.value.trim() === text.defaultValue.trim()) return;
    const was = text.defaultValue;
    text.defaultValue = text.value;
    box.write(address(form), text.value, was, change ? { change: change.value } : {});
  }

  function restore(url, entry) {
    const text = formAt(url)?.elements.text;
    if (text) text.value = text.defaultValue = entry.text;
  }

  function saved(url, said) {
    const form = formAt(url);
    if (!form) return;
    const { text } = form.elements;
    const isIdle = text.value.trim() === text.defaultValue.trim();
    text.defaultValue = said.said;
    if (isIdle && !text.value.trim()) text.value = said.said; // left empty: what stands in its place
    form.dispatchEvent(new CustomEvent("text-saved", { bubbles: true, detail: said }));
  }

  function changed(url, entry, said) {
    const form = formAt(url);
    const { text } = form.elements;
    text.readOnly = true;
    say(url, "");
    const panel = conflict(said.shown, entry.text, (kept) => {
      box.decide(url);
      say(url, "");
      text.readOnly = false;
      text.defaultValue = said.now;
      text.value = kept === "mine" ? entry.text : said.now;
      write(form);
      text.focus();
    });
    form.append(panel);
  }

  function refused(url, entry, message) {
    formAt(url).elements.text.defaultValue = entry.was;
    say(url, message, "bad");
  }

  const box = outbox(list.dataset.user, {
    has: (url) => Boolean(formAt(url)),
    keep: () => forms.forEach(write),
    say, restore, saved, changed, refused,
  });
  list.addEventListener("change", (event) => event.target.form?.matches("[data-text]") && write(event.target.form));
  list.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-text][data-while-typing]")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => write(form), PAUSE));
  });
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-text]")) return;
    event.preventDefault();
    write(event.target);
  });
}
