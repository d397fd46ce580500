// What a walk by Tab asks of a page: where the focus should stop, where it stands, and whether that can be seen.
(() => {
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const BESIDE = ["::before", "::after"];
  const order = new Map();
  const unfocused = new Map();

  const isShown = (each) =>
    each.checkVisibility({ visibilityProperty: true }) && !each.matches(":disabled") && !each.closest("[aria-hidden=true]");

  // Of a group of radio buttons Tab stops at the chosen one, or else at the first; the arrows do the rest.
  function isItsGroupsStop(each) {
    if (each.type !== "radio") return true;
    const group = [...document.getElementsByName(each.name)].filter((one) => one.form === each.form);
    return each === (group.find((one) => one.checked) ?? group[0]);
  }

  // A box to tick may be drawn by its label, and a link by what lies over its card.
  const drawn = (each) => [each, ...(each.labels ?? [])];

  function look(each) {
    const styles = drawn(each).flatMap((one) => [null, ...BESIDE].map((part) => getComputedStyle(one, part)));
    return styles.map((style) => [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow].join()).join("|");
  }

  // Whether some point of it lies in the window with nothing of another element over it.
  function isInSight(each) {
    return drawn(each).some((one) => [...one.getClientRects()].some((box) => points(box).some((at) => hits(one, at))));
  }

  function points(box) {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right <= left || bottom <= top) return [];
    return [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
  }

  function hits(one, at) {
    const found = document.elementFromPoint(...at);
    return found !== null && one.contains(found);
  }

  const named = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 160);

  // Unfolds what is folded, goes to the page's start, and answers each element that Tab should stop at: [place, name].
  function begin() {
    for (const each of document.querySelectorAll("details")) each.open = true;
    [...document.querySelectorAll("*")].forEach((each, place) => order.set(each, place));
    // From here Tab goes where it goes on a page that has just opened: to raised tabindexes first.
    document.body.tabIndex = 1;
    document.body.focus();
    const stops = [...document.querySelectorAll(`${STOPS}, [tabindex="0"]`)].filter(isShown);
    for (const each of stops) unfocused.set(each, look(each));
    return stops.filter(isItsGroupsStop).map((each) => [order.get(each), named(each)]);
  }

  // The element that has the focus now, or null when the focus has left the page.
  function here() {
    const each = document.activeElement;
    if (!each || each === document.body) return null;
    const isMarked = look(each) !== (unfocused.get(each) ?? look(each));
    return { place: order.get(each), name: named(each), isMarked, isInSight: isInSight(each) };
  }

  window.walk = { begin, here };
})();
