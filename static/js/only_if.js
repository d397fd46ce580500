// Questions that matter only after certain answers appear with them, and go with them; what was typed in one that goes
// stays in the page. Without this all are shown, each with a line that says when it matters.

const PLAIN_NOES = new Set(["no", "none"]);

function fieldsOf(form, names) {
  return names.map((name) => form.elements.namedItem(name)).filter(Boolean);
}

function partOf(field) {
  const first = field instanceof RadioNodeList ? field[0] : field;
  return first.closest("[data-only-if]");
}

function announcer(form) {
  const region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  return (parts) => {
    const [first, ...others] = parts.map((part) => part.querySelector("legend, label")?.textContent.trim());
    if (first) region.textContent = `${others.length ? form.dataset.more.replace("{count}", others.length + 1) : form.dataset.oneMore} ${first}`;
  };
}

// `notAsked` are the names that the server says do not matter; it decides where no parent is on the page.
export function followAnswers(form, notAsked) {
  const parts = [...form.querySelectorAll("[data-only-if]")];
  const cards = [...form.querySelectorAll("fieldset.card")].filter((card) => card.querySelector("[data-only-if]"));
  const say = announcer(form);
  let decided = notAsked;

  function matters(part) {
    const parents = fieldsOf(form, part.dataset.onlyIf.split(" ").filter(Boolean));
    if (parents.length) return parents.some((parent) => parent.value && !PLAIN_NOES.has(parent.value));
    return !fieldsOf(form, decided).some((field) => partOf(field) === part);
  }

  function draw() {
    const appeared = [];
    for (const part of parts) {
      const wasHidden = part.hidden;
      // What is wrong must be seen to be mended, also where it does not matter any more.
      part.hidden = !matters(part) && !part.querySelector(".invalid-feedback");
      if (wasHidden && !part.hidden) appeared.push(part);
    }
    for (const card of cards) card.hidden = !card.querySelector(".question:not([hidden]), .field-row:not([hidden])");
    say(appeared);
  }

  for (const words of form.querySelectorAll("[data-only-if-words]")) words.hidden = true;
  form.addEventListener("input", draw);
  draw();
  return (names) => {
    decided = names;
    draw();
  };
}

// Whether the server needs this answer to tell which questions matter.
export function decidesOnOthers(field) {
  return Boolean(field.form.querySelector(`[data-reads~="${CSS.escape(field.name)}"]`));
}

export function namesIn(text) {
  return (text ?? "").split(" ").filter(Boolean);
}
