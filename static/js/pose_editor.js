// The pose editor: a slider beside each number. Without this module the numbers are typed, and "Show" draws them.
// The slider repeats the number, so the keyboard and a screen reader meet the number alone.

const form = document.getElementById("pose");

function addSlider(number) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.dataset.least;
  slider.max = number.dataset.most;
  slider.step = "1";
  slider.value = number.value;
  slider.tabIndex = -1;
  slider.setAttribute("aria-hidden", "true");
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
  number.after(slider);
}

// While something is wrong there is nothing to draw: the last drawing stays below the sentence, dimmed.
const preview = document.getElementById("preview");
let last = preview.querySelector(".figures");

function keepLastDrawing() {
  const drawn = preview.querySelector(".figures");
  if (drawn) {
    last = drawn;
  } else if (last) {
    last.classList.add("pose__last");
    last.setAttribute("aria-hidden", "true");
    preview.append(last);
  }
}

preview.addEventListener("htmx:afterSwap", keepLastDrawing);

for (const number of form.querySelectorAll("[data-least]")) addSlider(number);
