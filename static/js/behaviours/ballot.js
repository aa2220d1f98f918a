// A ballot and the line of possibility work without this; it says what people have left and where they stand.
// Content that arrives later is bound by calling `bind` again.
const bound = new WeakSet();

export function bind(root) {
  for (const ballot of root.querySelectorAll("[data-votes]")) once(ballot, bindBallot);
  for (const slider of root.querySelectorAll("[data-slider]")) once(slider, bindSlider);
}

function once(element, start) {
  if (bound.has(element)) return;
  bound.add(element);
  start(element);
}

// data-votes: once every vote is used, the other candidates cannot be marked until one is taken back.
function bindBallot(ballot) {
  const most = Number(ballot.dataset.votes);
  const boxes = [...ballot.querySelectorAll("input[type=checkbox]")];
  const said = ballot.querySelector("[data-votes-left]");
  function tell() {
    const left = most - boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = left <= 0 && !box.checked;
    said.textContent = left > 0 ? `Te queda${left === 1 ? " un voto" : `n ${left} votos`}.` : "Usaste todos tus votos. Para cambiar, quita uno.";
  }
  ballot.addEventListener("change", tell);
  tell();
}

// data-slider: its output says the number.
function bindSlider(slider) {
  const output = document.querySelector(`output[for="${slider.id}"]`);
  const tell = () => (output.textContent = slider.value);
  slider.addEventListener("input", tell);
  tell();
}
