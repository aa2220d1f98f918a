// data-editor: sections beside the document. A text that was saved is fetched again in the document; the section that is
// opened is shown there; on a narrow screen two tabs change between writing and looking.
export function bind(editor) {
  const partOf = (section) => document.getElementById(`vista-${section.dataset.section}`);

  editor.addEventListener("text-saved", (event) => {
    const section = event.target.closest("[data-section]");
    const { state, kind } = event.detail;
    const status = section.querySelector("[data-status]");
    status.textContent = state;
    status.className = `tag tag-${kind}`;
    const part = partOf(section);
    if (part) htmx.trigger(part, "fresh");
  });

  editor.addEventListener(
    "toggle",
    (event) => {
      const section = event.target.closest("[data-section]");
      if (event.target !== section || !section.open) return;
      const part = partOf(section);
      const frame = part?.closest("[data-preview]");
      if (!frame || getComputedStyle(frame).overflowY === "visible") return;
      frame.scrollTo({ top: part.offsetTop - frame.offsetTop, behavior: calm() ? "auto" : "smooth" });
    },
    true,
  );

  const tabs = editor.querySelector("[data-tabs]");
  tabs.hidden = false;
  editor.classList.add("has-tabs");
  tabs.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    editor.dataset.shown = button.dataset.show;
    for (const one of tabs.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", String(one === button));
  });

  // A link to a section opens it.
  const open = () => {
    const section = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (section?.matches("details")) {
      section.open = true;
      section.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", open);
  open();
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
