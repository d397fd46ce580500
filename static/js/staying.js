// Closes a page of the desk that nobody uses: the server locks or ends the session by itself, and here the screen
// stops showing what was on it. Somebody who types for long and sends nothing tells the server now and then.

const idle = Number(document.querySelector("meta[name=idle-seconds]").content) * 1000;
const here = document.querySelector("meta[name=still-here]").content;
const SEEN = "steady-seen";
const TELL_MS = 70_000;
let told = Date.now();

// Other tabs of the same browser are the same person.
const last = () => Number(localStorage.getItem(SEEN) ?? 0);
const leave = () => location.assign(location.href.split("#")[0]);

function seen() {
  localStorage.setItem(SEEN, String(Date.now()));
  if (Date.now() - told < TELL_MS) return;
  told = Date.now();
  // No connection for a moment is nothing: the server is told again the next time.
  fetch(here, { redirect: "manual", cache: "no-store" }).catch(() => {});
}

seen();
for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(sign, seen, { passive: true });
setInterval(() => Date.now() - last() >= idle && leave(), 5000);
