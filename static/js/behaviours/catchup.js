// data-catch-up: a control changed before the page's scripts had loaded says so once they have. Such forms carry
// autocomplete="off", so that what differs from the page was changed by somebody, not restored by the browser.
export function bind(root) {
  document.readyState === "complete" ? catchUp(root) : document.addEventListener("DOMContentLoaded", () => catchUp(root));
}

export function catchUp(root) {
  const changed = [...root.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(isChanged);
  for (const control of changed) control.dispatchEvent(new Event("change", { bubbles: true }));
}

function isChanged(control) {
  if (control.closest("template") || control.type === "file") return false;
  if (["checkbox", "radio"].includes(control.type)) return control.checked !== control.defaultChecked;
  if (!control.options) return control.value !== control.defaultValue;
  const options = [...control.options];
  return options.some((one) => one.defaultSelected) && options.some((one) => one.selected !== one.defaultSelected);
}
