// Passkeys. A form with data-passkey="create" or "get" holds a hidden field `credential` and a button with
// data-passkey-press. The server's options stand in data-options as JSON, or are fetched from data-options-from.
// Passkeys are the browser's own doing and need its script: without this the button stays hidden.

const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withIds = (keys) => keys?.map((key) => ({ ...key, id: fromText(key.id) }));

function creation(options) {
  return {
    ...options,
    challenge: fromText(options.challenge),
    user: { ...options.user, id: fromText(options.user.id) },
    excludeCredentials: withIds(options.excludeCredentials),
  };
}

function request(options) {
  return { ...options, challenge: fromText(options.challenge), allowCredentials: withIds(options.allowCredentials) };
}

function written(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function ask(form) {
  const { publicKey } = await optionsOf(form);
  if (form.dataset.passkey === "create") return navigator.credentials.create({ publicKey: creation(publicKey) });
  return navigator.credentials.get({ publicKey: request(publicKey) });
}

async function press(form) {
  const said = form.querySelector("[data-passkey-failed]");
  said.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(written(await ask(form)));
  } catch {
    // Stopped by the person, or no passkey there: the page says so, and the other ways stay open.
    said.hidden = false;
    return;
  }
  form.requestSubmit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("[data-passkey-press]");
  button.hidden = false;
  form.querySelector("[data-passkey-none]")?.remove();
  button.addEventListener("click", () => press(form));
}
