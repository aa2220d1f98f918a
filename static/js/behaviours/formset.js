// data-formset="prefix": its button adds one more empty row of a Django formset from the <template> inside.
export function bind(root) {
  const total = root.querySelector(`[name="${root.dataset.formset}-TOTAL_FORMS"]`);
  const template = root.querySelector("template");
  const button = root.querySelector("[data-formset-add]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = document.createElement("div");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    button.before(...row.children);
    button.previousElementSibling.querySelector("textarea, input:not([type=hidden])").focus();
  });
}
