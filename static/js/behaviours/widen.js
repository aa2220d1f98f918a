// data-widen: a button that lets its figure take the whole width, and back.
export function bind(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const wide = button.closest("figure").classList.toggle("is-wide");
    button.setAttribute("aria-pressed", wide);
  });
}
