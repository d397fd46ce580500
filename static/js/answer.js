// The patient's own screening: each answer is kept as soon as it is chosen, and an answer that calls for the urgent card
// shows it at once. Without this the same happens when "Next" is pressed.

import { wasAnsweredEarly } from "./answered_early.js";
import { offerBodyMap } from "./body_map.js";
import { followAnswers, namesIn } from "./only_if.js";
import { oneAtATime, sendLast } from "./one_at_a_time.js";
import { offerRestIsNo, questionsOf } from "./rest_is_no.js";

const form = document.getElementById("answer");
const kept = document.getElementById("kept");
const leaving = new AbortController();
const tellNotAsked = followAnswers(form, namesIn(form.dataset.notAsked));
const PAUSE_MS = 500;
let waiting;

function show(answer) {
  const isKept = answer.status === 204;
  kept.textContent = isKept ? kept.dataset.yes : kept.dataset.no;
  if (isKept) tellNotAsked(namesIn(answer.headers.get("Not-Asked")));
}

// The card comes before anything else; what the desk had answered otherwise is told.
function follow({ card, said }) {
  if (card) location.assign(card);
  else kept.textContent = said;
}

const keep = oneAtATime(async () => {
  try {
    const sending = { method: "POST", body: new FormData(form), redirect: "manual", signal: leaving.signal };
    const answer = await fetch(kept.dataset.keep, sending);
    if (answer.status === 200) follow(await answer.json());
    else show(answer);
  } catch {
    if (!leaving.signal.aborted) kept.textContent = kept.dataset.no;
  }
});

form.addEventListener("change", () => {
  clearTimeout(waiting);
  keep();
});
form.addEventListener("input", (event) => {
  if (!event.target.matches("input[type=text], input[type=number], textarea")) return;
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE_MS);
});

sendLast(form, keep, () => {
  clearTimeout(waiting);
  leaving.abort();
});

offerRestIsNo(form, questionsOf(form));
offerBodyMap(form);
if (wasAnsweredEarly(form)) keep();
