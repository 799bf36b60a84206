// Asks the device for a passkey, and sends its answer with the form. Without scripts the page says
// what is needed.
"use strict";

(() => {
function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function readOptions(json) {
  const options = JSON.parse(json);
  options.challenge = bytesOf(options.challenge);
  if (options.user) options.user.id = bytesOf(options.user.id);
  for (const each of [...(options.allowCredentials || []), ...(options.excludeCredentials || [])]) {
    each.id = bytesOf(each.id);
  }
  return options;
}

function writeAnswer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = textOf(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response });
}

for (const box of document.querySelectorAll("[data-passkey]:not([data-begun])")) {
  box.dataset.begun = "yes"; // a page may load this for each of its buttons
  const form = box.closest("form");
  const button = box.querySelector("button");
  const told = box.querySelector("[role=status]");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    told.textContent = box.dataset.unable;
    continue;
  }
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    try {
      const publicKey = readOptions(box.dataset.options);
      const asked = box.dataset.passkey === "create"
        ? navigator.credentials.create({ publicKey })
        : navigator.credentials.get({ publicKey });
      form.elements.credential.value = writeAnswer(await asked);
      form.submit();
    } catch (error) {
      told.textContent = error.name === "SecurityError" ? box.dataset.unable : box.dataset.failed;
      button.disabled = false;
    }
  });
}
})();
