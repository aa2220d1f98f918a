// data-copy: a button [data-copy-button] that copies the text of the field beside it, and says so.
export function bind(root) {
  const input = root.querySelector("input, textarea");
  const button = root.querySelector("[data-copy-button]");
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "Copiado";
    setTimeout(() => (button.textContent = label), 2500);
  });
}
