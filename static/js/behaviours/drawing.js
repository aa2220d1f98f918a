// Inside data-worksheet: a sheet to draw on (data-drawing). Keeping it uploads it through the form beside it.
export function bind(root) {
  root.querySelectorAll("[data-drawing]").forEach((box) => {
    const canvas = box.querySelector("canvas");
    const pen = canvas.getContext("2d");
    const strokes = [];
    let ink = box.querySelector("[data-ink]").dataset.ink;
    let line = null;

    function paint() {
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 5;
      pen.lineCap = pen.lineJoin = "round";
      for (const { colour, points } of strokes) {
        pen.strokeStyle = colour;
        pen.beginPath();
        points.forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
        pen.lineTo(...points.at(-1));
        pen.stroke();
      }
    }

    function place(event) {
      const frame = canvas.getBoundingClientRect();
      return [
        ((event.clientX - frame.left) / frame.width) * canvas.width,
        ((event.clientY - frame.top) / frame.height) * canvas.height,
      ];
    }

    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      line = { colour: ink, points: [place(event)] };
      strokes.push(line);
      paint();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!line) return;
      line.points.push(place(event));
      paint();
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (line = null));
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.ink) {
        ink = button.dataset.ink;
        box.querySelectorAll("[data-ink]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
      } else if (button?.matches("[data-undo-stroke]")) {
        strokes.pop();
        paint();
      } else if (button?.matches("[data-keep]") && strokes.length) {
        canvas.toBlob((blob) => {
          const form = box.closest(".field").querySelector("form.upload");
          const carrier = new DataTransfer();
          carrier.items.add(new File([blob], "dibujo.png", { type: "image/png" }));
          form.querySelector("[type=file]").files = carrier.files;
          form.requestSubmit();
        }, "image/png");
      }
    });
    box.hidden = false;
    paint();
  });
}
