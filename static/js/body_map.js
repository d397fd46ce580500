// The two pictures of the body choose what the list below them chooses: by a tap, or by the arrow keys and space.
// Without this the pictures stay away, and the list does the same.

const NEXT = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const PRESSED = new Set([" ", "Enter"]);

// One stop of the Tab key for all places; the arrow keys go from one to the next.
function moveTo(places, place) {
  for (const each of places) each.setAttribute("tabindex", each === place ? "0" : "-1");
  place.focus();
}

function makeChoice(place, box) {
  const show = () => place.setAttribute("aria-checked", String(box.checked));
  place.setAttribute("role", "checkbox");
  place.setAttribute("aria-label", place.querySelector("title").textContent);
  place.addEventListener("click", () => box.click());
  box.addEventListener("change", show);
  show();
}

function offer(maps, form) {
  const boxes = new Map([...form.querySelectorAll(`[name="${maps.dataset.bodyMap}"]`)].map((box) => [box.value, box]));
  const places = [...maps.querySelectorAll("[data-place]")];
  for (const [at, place] of places.entries()) {
    const box = boxes.get(place.dataset.place);
    makeChoice(place, box);
    place.setAttribute("tabindex", at ? "-1" : "0");
    place.addEventListener("keydown", (event) => {
      const step = NEXT[event.key];
      if (!step && !PRESSED.has(event.key)) return;
      event.preventDefault();
      if (step) moveTo(places, places[(at + step + places.length) % places.length]);
      else box.click();
    });
  }
  maps.hidden = false;
}

export function offerBodyMap(form) {
  for (const maps of form.querySelectorAll("[data-body-map]")) offer(maps, form);
}
