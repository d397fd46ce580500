// A page of the desk that staff leave open: asks every few seconds whether what it shows has changed, and puts what is
// new in its place. Nothing that somebody types is in that place, and the focus stays where it was.

const EVERY_MS = 5000;
const MOST_FAILURES = 3;
const news = document.getElementById("watch-alert");
const quiet = document.getElementById("watch-status");
const title = document.title;
let watched = document.querySelector("[data-watch]");
let last = "";
let failures = 0;
let asking = 0;

// The new lists hold the link or button that had the focus again, or do not: where it leads tells.
const leadsTo = (element) => element.getAttribute("href") ?? element.form?.getAttribute("action");
function sameAs(element) {
  const twins = [...watched.querySelectorAll("a, button")].filter((twin) => leadsTo(twin) === leadsTo(element));
  return twins.find((twin) => twin.textContent === element.textContent) ?? twins[0];
}

const say = (template) => news.replaceChildren(document.getElementById(template).content.cloneNode(true));

function tell(before) {
  const known = before.split(" ");
  const urgent = (watched.dataset.urgent ?? "").split(" ").filter((flag) => flag && !known.includes(flag));
  if (urgent.length) {
    say("watch-urgent");
    document.title = `(!) ${title}`;
  } else if (watched.dataset.urgent !== undefined) {
    quiet.textContent = "";
    quiet.textContent = quiet.dataset.words;
  }
}

function replace(text) {
  // A page that says what is new since it was drawn says the same again and again.
  if (text === last) return;
  last = text;
  const before = watched.dataset.urgent ?? "";
  const focused = watched.contains(document.activeElement) ? document.activeElement : null;
  const fresh = document.createRange().createContextualFragment(text).querySelector("[data-watch]");
  watched.replaceWith(fresh);
  watched = fresh;
  if (focused) (sameAs(focused) ?? document.getElementById("main")).focus({ preventScroll: true });
  tell(before);
}

async function ask() {
  clearTimeout(asking);
  try {
    const answer = await fetch(watched.dataset.watch, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    if (failures >= MOST_FAILURES) news.replaceChildren();
    failures = 0;
    if (answer.status === 200) replace(await answer.text());
  } catch {
    // No connection for a moment is nothing; a page that is signed out or cut off must not look as if it were new.
    failures += 1;
    if (failures === MOST_FAILURES) say("watch-lost");
  }
  asking = setTimeout(ask, EVERY_MS);
}

asking = setTimeout(ask, EVERY_MS);
// Whoever goes to the red flags has seen that there is a new one.
news.addEventListener("click", () => {
  document.title = title;
  setTimeout(() => news.replaceChildren());
});
// A tab in the background asks rarely: whoever comes back to it reads what is new at once.
document.addEventListener("visibilitychange", () => document.hidden || ask());
addEventListener("pageshow", (event) => event.persisted && ask());
