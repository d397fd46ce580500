// The screening, quicker: drafts keep themselves, y / n / s answer, one press says no to the rest of a group.
// Without this the page works the same, with the buttons at its end.

const form = document.getElementById("screening");
const kept = document.getElementById("kept");
const questions = [...form.querySelectorAll(".question")].filter((each) => each.querySelector("[type=radio]"));
const leaving = new AbortController();
let waiting;

async function keep() {
  const sending = { method: "POST", body: new FormData(form), redirect: "error", signal: leaving.signal };
  try {
    const answer = await fetch(kept.dataset.keep, sending);
    kept.textContent = answer.ok ? "Kept." : "Not kept: this draft is not open any more.";
  } catch {
    if (!leaving.signal.aborted) kept.textContent = "Not kept: no connection. The page still holds your answers.";
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 600);
});

// The form itself carries everything: what is on its way by itself must not come after it.
form.addEventListener("submit", () => {
  clearTimeout(waiting);
  leaving.abort();
});

function focusQuestion(question) {
  const target = question?.querySelector("input:checked") ?? question?.querySelector("input");
  target?.focus();
  question?.scrollIntoView({ block: "nearest" });
}

function answer(question, value) {
  const radio = [...question.querySelectorAll("[type=radio]")].find((each) => each.value === value);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

const KEYS = { y: ["yes"], n: ["no", "none"], s: ["unknown"] };

form.addEventListener("keydown", (event) => {
  const question = event.target.closest(".question");
  const values = KEYS[event.key.toLowerCase()];
  if (!values || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!values.some((value) => answer(question, value))) return;
  event.preventDefault();
  focusQuestion(questions[questions.indexOf(question) + 1]);
});

for (const button of form.querySelectorAll("[data-rest-is-no]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const question of questions) {
      const open = !question.querySelector("input:checked");
      if (open && button.closest("fieldset").contains(question)) answer(question, "no") || answer(question, "none");
    }
  });
}

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
