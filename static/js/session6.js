// Session 6: how many votes are left, and the number under a slider. Both pages work without them.
for (const ballot of document.querySelectorAll("[data-votes]")) bindBallot(ballot);
for (const slider of document.querySelectorAll("[data-slider]")) bindSlider(slider);

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
