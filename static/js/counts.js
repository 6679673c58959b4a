// Says how many characters are left while somebody writes. Without it the limit is said in words.

function watch(note) {
  const control = document.getElementById(note.dataset.countFor);
  if (!control) return;
  const most = Number(note.dataset.most);
  const told = document.createElement("span");
  told.className = "only-spoken";
  told.setAttribute("role", "status");
  note.after(told);
  note.setAttribute("aria-hidden", "true");
  let later;

  const words = (left) => {
    const many = Math.abs(left).toLocaleString("en-GB");
    const unit = Math.abs(left) === 1 ? "character" : "characters";
    return left < 0 ? `${many} ${unit} too many` : `${many} ${unit} left`;
  };

  const count = () => {
    // The server counts a line break as two, as browsers send it.
    const length = [...control.value.replace(/\r?\n/g, "\r\n")].length;
    const left = most - length;
    const shown = left < 0 || length > most / 2;
    note.textContent = shown ? words(left) : `You can write up to ${most.toLocaleString("en-GB")} characters.`;
    note.classList.toggle("field__count--over", left < 0);
    clearTimeout(later);
    if (shown) later = setTimeout(() => (told.textContent = words(left)), 1200);
  };

  control.addEventListener("input", count);
  count();
}

document.querySelectorAll("[data-count-for]").forEach(watch);
