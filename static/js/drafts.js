// Keeps what is being written on the device: forms marked data-draft="name", each by its name, where
// it is sent to and who is signed in (data-person of the body).
// Closed by mistake, offline, signed out meanwhile: the words are there when the form is opened again.
// Sent with no network, the form waits and goes when there is one, under the key it was first sent
// with, so that the server makes one thing of however many tries. Without it, forms work as they are.

const DAYS = 7;
const RETRY = 15_000;
const PATIENCE = 90_000;
const person = document.body.dataset.person ?? "";

function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

function button(label, press) {
  const made = make("button", { type: "button", class: "button button--secondary button--small" }, label);
  made.addEventListener("click", press);
  return made;
}

// localStorage can be switched off, or full: then nothing is kept and nothing is promised.
const store = {
  read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(name));
      if (kept && Date.now() - kept.at < DAYS * 864e5) return kept;
      localStorage.removeItem(name);
    } catch {
      return null;
    }
    return null;
  },
  write(name, kept) {
    try {
      localStorage.setItem(name, JSON.stringify({ ...kept, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  },
  forget(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      return;
    }
  },
};

const kinds = (control) => control.name && !["hidden", "file", "password", "submit", "button"].includes(control.type);
const controls = (form) => [...form.elements].filter(kinds);

function words(form) {
  const said = {};
  for (const control of controls(form)) {
    const here = (said[control.name] ??= []);
    if (control.type === "checkbox" || control.type === "radio") {
      if (control.checked) here.push(control.value);
    } else if (control.multiple) {
      here.push(...[...control.selectedOptions].map((option) => option.value));
    } else {
      here.push(control.value.replace(/\r\n/g, "\n"));
    }
  }
  return said;
}

function putBack(form, said) {
  for (const control of controls(form)) {
    const values = said[control.name];
    if (!values) continue;
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control.multiple) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else {
      control.value = values[0] ?? "";
    }
    const fold = control.closest("details");
    if (fold && values.some((value) => value !== "") && control.type !== "radio") fold.open = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// On to the answer; when that is another place of this very page, the page has to be read anew.
function go(to) {
  const there = new URL(to, location.href);
  const here = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (here && there.hash) location.reload();
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
// A field that was not there before (an earlier win to link to) is no difference.
const agree = (one, other) => Object.keys(one).every((name) => !(name in other) || same(one[name], other[name]));

function keep(form) {
  const name = `draft:${person}:${form.dataset.draft}:${new URL(form.action).pathname}`;
  const opened = words(form);
  const foot = form.querySelector(".form__foot") ?? form;
  const note = make("div", { class: "notice notice--info", hidden: "" });
  const told = make("div", { role: "status" });
  const ways = make("p", { class: "actions" });
  note.append(make("div", { class: "notice__body" }, told, ways));
  // At the top when it is about words from before, else beside the button.
  ([...form.children].find((child) => child.type !== "hidden") ?? foot).before(note);

  let waiting = null; // the button that was pressed, while the form waits for a network
  let sending = false;
  let native = false;
  let later;

  const key = () => form.elements.namedItem("submission_key");
  const hasFile = () => [...form.elements].some((control) => control.type === "file" && control.files.length);

  const say = (text, ...buttons) => {
    told.replaceChildren(make("p", {}, text));
    ways.replaceChildren(...buttons);
    ways.hidden = !buttons.length;
    note.hidden = !text;
  };

  // What is kept: the words, what the form said when it was opened, and the key once it was sent.
  const save = (tried = false) => {
    const now = words(form);
    if (same(now, opened) && !tried && !store.read(name)?.key) return store.forget(name);
    const before = store.read(name)?.key;
    return store.write(name, { words: now, opened, file: hasFile(), key: tried ? key().value : before });
  };

  const restore = (kept) => {
    putBack(form, kept.words);
    if (kept.key && key()) key().value = kept.key;
    const photo = kept.file ? " A photo can’t be kept here: choose it again." : "";
    say(`These are your words from before. They were kept on this device.${photo}`, button("Throw them away", () => {
      store.forget(name);
      location.reload();
    }));
  };

  const open = () => {
    const kept = store.read(name);
    if (!kept || same(kept.words, opened)) return;
    if (form.querySelector("[aria-invalid=true]")) {
      save(); // the server has sent the words back, with what to mend
    } else if (agree(kept.opened, opened)) {
      restore(kept);
    } else {
      say(
        "You wrote something else here before, and it was kept on this device.",
        button("Put it back", () => restore(kept)),
        button("Throw it away", () => {
          store.forget(name);
          say("");
        }),
      );
    }
  };

  const wait = (why, kept) => {
    const words = kept ? "Your words are kept here." : "Keep this page open, so that your words stay.";
    say(`${why}. ${words} We will send them when you are back.`, button("Try now", () => send()));
    clearTimeout(later);
    later = setTimeout(() => send(), RETRY);
  };

  const send = async () => {
    if (sending || !waiting) return;
    sending = true;
    clearTimeout(later);
    const pressed = waiting.button;
    const kept = save(true);
    const body = new FormData(form);
    if (pressed?.name) body.append(pressed.name, pressed.value);
    foot.before(note);
    say("Sending …");
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Draft": "1" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      const to = answer.headers.get("Sent-To");
      if (to) {
        store.forget(name);
        go(to);
      } else if (answer.status >= 502) {
        return wait("The site can’t be reached", kept);
      } else if (answer.redirected) {
        location.assign(answer.url); // to sign in again: the server keeps the words as well
      } else {
        native = true; // let the browser show what the server says to it
        form.requestSubmit(pressed?.form ? pressed : undefined);
      }
      waiting = null;
    } catch {
      wait("You are offline", kept);
    } finally {
      sending = false;
      form.removeAttribute("aria-busy");
    }
  };

  const changed = () => {
    if (!sending) save();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (native || event.defaultPrevented) {
      native = false;
      return;
    }
    event.preventDefault();
    waiting = { button: event.submitter };
    send();
  });
  window.addEventListener("online", () => send());
  open();
}

document.querySelectorAll("form[data-draft]").forEach(keep);
