// What a page sends by itself goes out one after another: an older answer must never arrive after a newer one.

const LONGEST_WAIT_MS = 5000;

// Asked for while one is on its way, the work is done once more after it, with what the page holds by then.
export function oneAtATime(work) {
  let again = false;
  let underWay = null;

  async function untilNothingIsLeft() {
    while (again) {
      again = false;
      await work();
    }
    underWay = null;
  }

  function run() {
    again = true;
    underWay ??= untilNothingIsLeft();
  }
  run.underWay = () => underWay;
  return run;
}

// The form itself carries everything, so it goes last: after what is on its way, or after a few seconds without it.
export function sendLast(form, run, giveUp) {
  let isWaiting = false;
  let isLast = false;
  form.addEventListener("submit", async (event) => {
    if (isLast || !(isWaiting || run.underWay())) return giveUp();
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    await Promise.race([run.underWay(), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
    isWaiting = false;
    isLast = true;
    form.requestSubmit(event.submitter);
    isLast = false;
  });
}
