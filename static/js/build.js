// The builder keeps its place: after a button's page comes back, the window stands where it stood.

const key = `place:${location.pathname}`;
const form = document.getElementById("build");

form.addEventListener("submit", () => sessionStorage.setItem(key, String(scrollY)));

const place = sessionStorage.getItem(key);
if (place && !document.querySelector("[data-focus]")) {
  sessionStorage.removeItem(key);
  scrollTo(0, Number(place));
}
