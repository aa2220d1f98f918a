// data-reasons: why things moved, each in a field that saves itself like a cell of the matrix.
import { conflict, outbox, tell } from "./outbox.js";

export function bind(list) {
  const general = document.querySelector("[data-saving-state]");
  const forms = [...list.querySelectorAll("[data-reason]")];
  const address = (form) => `${form.getAttribute("action")}#${encodeURIComponent(form.elements.change.value)}`;
  const formAt = (url) => forms.find((form) => address(form) === url);
  const say = (url, ...what) => tell(formAt(url)?.querySelector(".why-state") ?? general, ...what);

  // The default value of the field is what it is written over.
  function write(form) {
    const { text, change } = form.elements;
    if (text.readOnly || text.value.trim() === text.defaultValue.trim()) return;
    const was = text.defaultValue;
    text.defaultValue = text.value;
    box.write(address(form), text.value, was, { change: change.value });
  }

  function restore(url, entry) {
    const text = formAt(url)?.elements.text;
    if (text) text.value = text.defaultValue = entry.text;
  }

  function saved(url, said) {
    const text = formAt(url)?.elements.text;
    if (text) text.defaultValue = said.said;
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
  list.addEventListener("change", (event) => write(event.target.form));
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    write(event.target);
  });
}
