// data-zooms: a picture that may be larger than its frame. It opens on its centre, and buttons change its size.
const LARGEST = 3;

export function bind(root) {
  const frame = () => root.querySelector(".map-scroll");
  const smallest = () => (matchMedia("(max-width: 60rem)").matches ? -1 : 0); // a wide page shows it whole anyway
  let middle = 0.5; // what is in the middle of the frame

  function look() {
    const box = frame();
    if (box?.scrollWidth) middle = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
  }

  function show() {
    const box = frame();
    if (box) box.scrollLeft = middle * box.scrollWidth - box.clientWidth / 2;
  }

  root.addEventListener("click", (event) => {
    const step = Number(event.target.closest("[data-zoom]")?.dataset.zoom ?? NaN);
    if (Number.isNaN(step)) return;
    look();
    const size = step ? Number(root.dataset.size ?? 0) + step : smallest();
    root.dataset.size = Math.min(Math.max(size, smallest()), LARGEST);
    show();
  });
  root.addEventListener("htmx:beforeSwap", look);
  root.addEventListener("htmx:afterSwap", show);
  show();
}
