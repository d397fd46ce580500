// The code of an invitation stands after the # of its link, where no server sees it. It goes into the field and out of
// the address bar. Without this the code is typed.

const LOOKS_LIKE_A_CODE = /^#[A-Za-z0-9-]{24,40}$/;

function takeCode() {
  if (!LOOKS_LIKE_A_CODE.test(location.hash)) return;
  const { code, password } = document.getElementById("invitation-form").elements;
  code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  password.focus();
}

takeCode();
addEventListener("hashchange", takeCode);
