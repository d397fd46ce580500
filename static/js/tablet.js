// The desk's tablet: asks every few seconds whether the visit goes on, so that staff can dismiss the urgent card and
// end the visit from their own page. Without this the tablet learns the same at its next press.

const { state, shown, card, questions, done } = document.getElementById("tablet").dataset;
const EVERY_MS = 3000;

async function ask() {
  try {
    const answer = await fetch(state, { redirect: "manual", cache: "no-store" });
    // A visit that is over is sent away, whatever it asks.
    if (answer.type === "opaqueredirect") location.replace(done);
    else if (answer.ok && (await answer.text()) !== shown) location.replace(shown === "card" ? questions : card);
  } catch {
    // No connection for a moment: the next time tells.
  }
}

setInterval(ask, EVERY_MS);
// A page out of the browser's memory may be of a visit that is over.
addEventListener("pageshow", (event) => event.persisted && location.reload());
