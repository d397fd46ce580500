// Small helps for every page. Each page works without them.

// An error summary takes the focus, so that a screen reader and a keyboard land on it.
document.querySelector(".error-summary, form .alert-danger")?.setAttribute("tabindex", "-1");
document.querySelector(".error-summary, form .alert-danger, [data-focus]")?.focus();

// A second press on a button that has already sent its form does nothing, until the answer has had its time:
// no event tells that somebody pressed the browser's Stop.
const ANSWER_MS = 5000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A form that opens a new tab, or is answered in place, stays where it is and may be sent again.
  if (event.defaultPrevented || form.target === "_blank" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, ANSWER_MS);
});

// A page that comes back out of the browser's memory may send again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Paper shows folded reasons. print.css unfolds them where the browser's styles can; elsewhere they are opened here.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(".reasons-more:not([open])")];
  for (const reasons of unfolded) reasons.open = true;
});
window.addEventListener("afterprint", () => {
  for (const reasons of unfolded) reasons.open = false;
});
