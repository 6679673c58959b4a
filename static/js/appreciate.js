/* Thanks without leaving the page. Without this file each button is a plain form post.

   A button names its address (its form's action, or formaction); after the post the server leads to
   the page it came from, out of which only this win's part is taken and put in place. */

const PART = "[data-appreciate-part]";

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function send(form, button) {
  const part = button.closest(PART);
  const words = new FormData(form);
  words.set(button.name, button.value);
  words.set("submission_key", freshKey());
  const answer = await fetch(button.getAttribute("formaction") || form.action, {
    method: "POST",
    body: new URLSearchParams(words),
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector(`[data-appreciate-part="${part.dataset.appreciatePart}"]`);
  if (!now) throw new Error("gone");
  const kept = document.importNode(now, true);
  part.replaceWith(kept);
  const again = kept.querySelector(`button[value="${button.value}"]`);
  if (again) again.focus();
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || !button.closest(PART) || !("appreciate" in event.target.dataset)) return;
  event.preventDefault();
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  send(event.target, button).catch(() => {
    // Whatever went wrong, the plain way tells it better.
    button.removeAttribute("aria-busy");
    const plain = document.createElement("input");
    plain.type = "hidden";
    plain.name = button.name;
    plain.value = button.value;
    event.target.append(plain);
    if (button.hasAttribute("formaction")) event.target.action = button.getAttribute("formaction");
    event.target.submit();
  });
});
