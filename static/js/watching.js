// A page of the desk that staff leave open: asks every few seconds whether what it shows has changed, and puts what is
// new in its place. The focus stays where it was. While somebody types in that place, what is new waits until they are
// done and the page says so; only what stands in [data-at-once] never waits.

const EVERY_MS = 5000;
const MOST_FAILURES = 3;
const news = document.getElementById("watch-alert");
const later = document.getElementById("watch-waiting");
const quiet = document.getElementById("watch-status");
const title = document.title;
let watched = document.querySelector("[data-watch]");
let waiting = null;
let last = "";
let failures = 0;
let asking = 0;

const isTypedIn = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;

function isInUse() {
  const at = document.activeElement;
  if (watched.contains(at) && at.closest("textarea, input, select, details[open]")) return true;
  return [...watched.querySelectorAll("textarea, input:not([type=hidden])")].some(isTypedIn);
}

// What is new holds the link or button that had the focus again, or does not: where it leads tells.
const leadsTo = (element) => element.getAttribute("href") ?? element.form?.getAttribute("action");
function sameAs(element, place) {
  const twins = [...place.querySelectorAll("a, button")].filter((twin) => leadsTo(twin) === leadsTo(element));
  return twins.find((twin) => twin.textContent === element.textContent) ?? twins[0];
}

function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (focused) (sameAs(focused, fresh) ?? document.getElementById("main")).focus({ preventScroll: true });
}

const say = (place, template) => place.replaceChildren(document.getElementById(template).content.cloneNode(true));

function tellUrgent(before) {
  const known = before.split(" ");
  const urgent = (watched.dataset.urgent ?? "").split(" ").filter((flag) => flag && !known.includes(flag));
  if (!urgent.length) return false;
  say(news, "watch-urgent");
  document.title = `(!) ${title}`;
  return true;
}

function tell(before) {
  if (tellUrgent(before) || watched.dataset.urgent === undefined) return;
  quiet.textContent = "";
  quiet.textContent = quiet.dataset.words;
}

function replace(fresh) {
  const before = watched.dataset.urgent ?? "";
  swap(watched, fresh);
  watched = fresh;
  waiting = null;
  later.replaceChildren();
  tell(before);
}

function putOff(fresh) {
  waiting = fresh;
  if (!later.hasChildNodes()) say(later, "watch-later");
  const [old, urgent] = [watched, fresh].map((each) => each.querySelector("[data-at-once]"));
  if (!old || !urgent) return;
  const before = watched.dataset.urgent ?? "";
  swap(old, urgent.cloneNode(true));
  watched.dataset.urgent = fresh.dataset.urgent;
  tellUrgent(before);
}

function take(text) {
  // A page that says what is new since it was drawn says the same again and again.
  if (text === last) return;
  last = text;
  const fresh = document.createRange().createContextualFragment(text).querySelector("[data-watch]");
  if (isInUse()) putOff(fresh);
  else replace(fresh);
}

async function ask() {
  clearTimeout(asking);
  try {
    const answer = await fetch((waiting ?? watched).dataset.watch, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    if (failures >= MOST_FAILURES) news.replaceChildren();
    failures = 0;
    if (answer.status === 200) take(await answer.text());
    else if (waiting && !isInUse()) replace(waiting);
  } catch {
    // No connection for a moment is nothing; a page that is signed out or cut off must not look as if it were new.
    failures += 1;
    if (failures === MOST_FAILURES) say(news, "watch-lost");
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
