// Passkeys: forms marked data-passkey ask the browser for a key and post what it answers.
//   data-passkey="sign-in"  options come from the form's own address
//   data-passkey="check", "add"  options lie in the page, in the element that data-options names
// A form that is hidden without us is shown where the browser has passkeys.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (keys = []) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));

async function optionsOf(form) {
  if (form.dataset.options) {
    return JSON.parse(document.getElementById(form.dataset.options).textContent);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.json();
}

async function check(form) {
  const { publicKey } = (await optionsOf(form)).request_options;
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
}

async function add(form) {
  const { publicKey } = (await optionsOf(form)).creation_options;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
}

function asPosted(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const posted = Object.fromEntries(
    parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]),
  );
  if (response.getTransports) posted.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: posted,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

function inWords(trouble) {
  if (trouble.name === "InvalidStateError") return "This device has a passkey for you already.";
  if (trouble.name === "NotAllowedError") return "That was stopped, or took too long. You can try again.";
  return "That did not work on this device. A code by e-mail always does.";
}

function listen(form) {
  const said = form.querySelector("[data-passkey-trouble]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const credential = await (form.dataset.passkey === "add" ? add(form) : check(form));
      form.elements.credential.value = asPosted(credential);
      form.submit();
    } catch (trouble) {
      said.textContent = inWords(trouble);
    }
  });
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) listen(form);
}
