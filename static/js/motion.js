// Plays a movement above its pictures: the same paths, a new shape of each at every frame.
// Who asked the system for less motion steps through it by hand. Without this module the pictures stay.

const SVG = "http://www.w3.org/2000/svg";
const FRAME_MS = 75;
// At the start and at the end the figure rests for as many frames.
const REST = 8;
const STEPS = 3;
const still = matchMedia("(prefers-reduced-motion: reduce)");

function pathOf(motion, place) {
  const path = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries(motion.looks[place])) path.setAttribute(name, value);
  return path;
}

function put(stage, motion) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "figure");
  svg.setAttribute("viewBox", motion.box);
  // The pictures below say in words what is shown here.
  svg.setAttribute("aria-hidden", "true");
  const body = document.createElementNS(SVG, "g");
  body.setAttribute("class", "f-body");
  if (motion.flip) body.setAttribute("transform", motion.flip);
  body.append(...motion.looks.map((_, place) => pathOf(motion, place)));
  svg.append(body);
  stage.replaceChildren(svg);
  return (frame) => motion.shapes[frame].forEach((shape, place) => body.children[place].setAttribute("d", shape));
}

// There and back, with a rest at both ends: the frame to show at each tick.
function ticks(count) {
  const there = [...Array(count).keys()];
  const rest = (frame) => Array(REST).fill(frame);
  return [...rest(0), ...there, ...rest(count - 1), ...there.slice().reverse()];
}

function prepare(player) {
  const button = player.querySelector("[data-play]");
  if (!button) return;
  const stage = player.querySelector(".player__stage");
  const label = button.querySelector("span");
  let show = null;
  let count = 0;
  let step = 0;
  let playing = 0;
  let loading = false;

  const say = (word) => { label.textContent = button.dataset[word]; };

  async function load() {
    loading = true;
    const answer = await fetch(player.dataset.motion);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const motion = await answer.json();
    count = motion.shapes.length;
    show = put(stage, motion);
    stage.hidden = false;
  }

  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
    say("play");
  }

  function play() {
    const order = ticks(count);
    const begun = performance.now();
    const next = (now) => {
      show(order[Math.floor((now - begun) / FRAME_MS) % order.length] ?? 0);
      playing = requestAnimationFrame(next);
    };
    playing = requestAnimationFrame(next);
    say("stop");
  }

  function showNext() {
    show(Math.round(((count - 1) * step) / STEPS));
    step = (step + 1) % (STEPS + 1);
    say("step");
  }

  button.addEventListener("click", async () => {
    if (loading) return undefined;
    if (playing) return stop();
    try {
      if (!show) await load();
    } catch {
      return say("failed");
    } finally {
      loading = false;
    }
    return still.matches ? showNext() : play();
  });
  say(still.matches ? "step" : "play");
  button.hidden = false;
}

document.querySelectorAll("[data-motion]").forEach(prepare);
