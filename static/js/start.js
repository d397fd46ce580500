// A scanned code stands after the # of the address, where no server sees it. It goes into the field and out of the
// address bar; the plan opens only when the person presses the button.

const LOOKS_LIKE_A_CODE = /^#[A-Za-z0-9-]{8,40}$/;

function takeCode() {
  if (!LOOKS_LIKE_A_CODE.test(location.hash)) return;
  const form = document.getElementById("start-form");
  form.elements.code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("code-filled").hidden = false;
  form.querySelector("button[type=submit]").focus();
}

takeCode();
// A second scan may land on the page that is open already.
addEventListener("hashchange", takeCode);
