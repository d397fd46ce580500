// The builder keeps its place: after a button's page comes back, the window stands where it stood.

const key = `place:${location.pathname}`;
const form = document.getElementById("build");

form.addEventListener("submit", () => sessionStorage.setItem(key, String(scrollY)));

const place = sessionStorage.getItem(key);
sessionStorage.removeItem(key);
// What went wrong stands at the top and has the focus: the window stays there.
if (place && !document.querySelector(".error-summary, [data-focus]")) scrollTo(0, Number(place));
