// The screening, quicker: drafts keep themselves, y / n / s answer, one press says no to the rest of a group.
// Without this the page works the same, with the buttons at its end.

import { wasAnsweredEarly } from "./answered_early.js";
import { offerBodyMap } from "./body_map.js";
import { decidesOnOthers, followAnswers, namesIn } from "./only_if.js";
import { oneAtATime, sendLast } from "./one_at_a_time.js";
import { answer, offerRestIsNo, questionsOf } from "./rest_is_no.js";

const form = document.getElementById("screening");
const kept = document.getElementById("kept");
const questions = questionsOf(form);
const tellNotAsked = followAnswers(form, namesIn(form.dataset.notAsked));
const leaving = new AbortController();
let waiting;
let hurried = false;

const SIGNED_OUT = "Not kept: you are signed out. Sign in on another tab, then go on here.";

function send() {
  const sending = { method: "POST", body: new FormData(form), redirect: "manual", signal: leaving.signal };
  return fetch(kept.dataset.keep, sending);
}

// Signing in on another tab gives out a new token; with the old one nothing that this page sends is taken.
async function renewToken() {
  const page = await fetch(location.href, { redirect: "manual", signal: leaving.signal });
  const drawn = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = drawn.querySelector("[name=csrfmiddlewaretoken]");
  if (!fresh) return;
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh.value;
}

// An answer that is an emergency says so at once, at the top of the page and to who hears it.
async function showCard(answer) {
  const place = document.getElementById("staff-card-here");
  const card = (await answer.text()).trim();
  if (place.dataset.shown === card) return;
  place.dataset.shown = card;
  place.innerHTML = card;
  place.scrollIntoView({ block: "nearest" });
}

async function outcome(answer) {
  if (answer.type === "opaqueredirect") return SIGNED_OUT;
  if (answer.status === 409) return answer.text();
  if (answer.ok) tellNotAsked(namesIn(answer.headers.get("Not-Asked")));
  if (answer.status === 200) await showCard(answer);
  return answer.ok ? "Kept." : "Not kept. The page still holds your answers.";
}

const keep = oneAtATime(async () => {
  try {
    let answer = await send();
    if (answer.status === 403) {
      await renewToken();
      answer = await send();
    }
    kept.textContent = await outcome(answer);
  } catch {
    if (!leaving.signal.aborted) kept.textContent = "Not kept: no connection. The page still holds your answers.";
  }
});

// Back from the other tab: what was not kept is sent at once.
window.addEventListener("focus", () => kept.textContent === SIGNED_OUT && keep());

// What decides on other questions is not put off by the next answers: they may be questions that do not matter.
form.addEventListener("input", (event) => {
  if (hurried) return;
  hurried = decidesOnOthers(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    hurried = false;
    keep();
  }, 600);
});

sendLast(form, keep, () => {
  clearTimeout(waiting);
  leaving.abort();
});

function focusQuestion(question) {
  const target = question?.querySelector("input:checked") ?? question?.querySelector("input");
  target?.focus();
  question?.scrollIntoView({ block: "nearest" });
}

const KEYS = { y: ["yes"], n: ["no", "none"], s: ["unknown"] };

form.addEventListener("keydown", (event) => {
  const question = event.target.closest(".question");
  const values = KEYS[event.key.toLowerCase()];
  if (!values || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!values.some((value) => answer(question, value))) return;
  event.preventDefault();
  focusQuestion(questions.slice(questions.indexOf(question) + 1).find((each) => !each.hidden));
});

offerRestIsNo(form, questions);
offerBodyMap(form);
if (wasAnsweredEarly(form)) keep();

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
