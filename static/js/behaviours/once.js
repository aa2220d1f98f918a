// data-once: a form that goes out once, however often its button is pressed. Coming back to the page frees it.
export function bind(form) {
  let stopped = [];
  form.addEventListener("submit", (event) => {
    setTimeout(() => {
      if (event.defaultPrevented) return;
      stopped = [...form.querySelectorAll("button:not(:disabled)")];
      for (const button of stopped) button.disabled = true;
    });
  });
  window.addEventListener("pageshow", () => {
    for (const button of stopped) button.disabled = false;
  });
}
