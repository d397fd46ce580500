// The record's print button. Without it the browser's own command prints the page just as well.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
