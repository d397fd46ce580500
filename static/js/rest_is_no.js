// Answering a question, and one press that says no to what is still open in a group. A group of red flags has no such
// button: each of its questions is answered by itself.

export function questionsOf(form) {
  return [...form.querySelectorAll(".question")].filter((each) => each.querySelector("[type=radio][value=no], [type=radio][value=none]"));
}

// Choose the answer as a press would have; false when the question has no such answer.
export function answer(question, value) {
  const radio = [...question.querySelectorAll("[type=radio]")].find((each) => each.value === value);
  if (!radio) return false;
  radio.checked = true;
  for (const told of ["input", "change"]) radio.dispatchEvent(new Event(told, { bubbles: true }));
  return true;
}

export function offerRestIsNo(form, questions) {
  for (const button of form.querySelectorAll("[data-rest-is-no]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const question of questions) {
        const open = !question.hidden && !question.querySelector("input:checked");
        if (open && button.closest("fieldset").contains(question)) answer(question, "no") || answer(question, "none");
      }
    });
  }
}
