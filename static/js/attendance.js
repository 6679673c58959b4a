/* Who is here: a tap saves itself, and the same tap again takes it back. Without this file the page is
   one form with one Save. Each post carries one person, what was shown of them and what is ticked now,
   so two phones in one room keep each other's ticks. What could not be saved stays ticked on the page,
   and goes with Save. */

const form = document.querySelector("form[data-attendance]");

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

class Row {
  constructor(box) {
    this.box = box;
    this.was = box.querySelector('input[type="hidden"]');
    this.radios = [...box.querySelectorAll('input[type="radio"]')];
    this.name = box.querySelector("legend").textContent.trim();
    this.shown = this.now;
    this.busy = false;
    for (const radio of this.radios) {
      radio.addEventListener("click", () => this.again(radio));
      radio.addEventListener("change", () => this.touched());
    }
  }

  get now() {
    return this.radios.find((radio) => radio.checked)?.value ?? "";
  }

  again(radio) {
    if (radio.value === "" || radio.value !== this.shown) return;
    this.radios.find((one) => one.value === "").checked = true;
    this.touched();
  }

  touched() {
    count(this.shown, -1);
    count(this.now, 1);
    this.shown = this.now;
    this.say("Saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 250);
  }

  say(words, wrong = false) {
    const said = this.box.querySelector("[data-said]");
    said.textContent = words;
    said.classList.toggle("tick__said--wrong", wrong);
  }

  async save() {
    if (this.busy) return;
    const now = this.now;
    if (now === this.was.value) {
      this.say("");
      return;
    }
    this.busy = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: this.words(now),
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-Draft": "1" },
      });
      if (answer.status !== 204) throw new Error(String(answer.status));
      this.was.value = now;
      this.say("Saved");
      form.querySelector("[data-spoken]").textContent = `${this.name}: saved`;
    } catch {
      this.say("Not saved yet. Press Save below.", true);
      form.querySelector("[data-spoken]").textContent = `${this.name}: not saved yet`;
    }
    this.busy = false;
    if (this.now !== now) this.save();
  }

  words(now) {
    const words = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "form_at"]) words.set(name, form.elements[name].value);
    words.set("submission_key", freshKey());
    words.set(this.was.name, this.was.value);
    words.set(this.radios[0].name, now);
    return words;
  }
}

function count(state, by) {
  const figure = document.querySelector(`[data-count="${state}"]`);
  if (figure) figure.textContent = String(Number(figure.textContent) + by);
}

if (form) for (const box of form.querySelectorAll("[data-tick]")) new Row(box);
