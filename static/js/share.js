// Offers the phone's own share sheet, or else one press to copy. Without it there is a field to copy from.

function offer(place) {
  const data = { title: place.dataset.title, url: place.dataset.share };
  const sheet = typeof navigator.share === "function";
  if (!sheet && !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--secondary";
  button.textContent = sheet ? "Share" : "Copy the address";
  const told = document.createElement("p");
  told.className = "field__count";
  told.setAttribute("role", "status");

  button.addEventListener("click", async () => {
    try {
      if (sheet) {
        await navigator.share(data);
      } else {
        await navigator.clipboard.writeText(data.url);
        told.textContent = "Copied. You can paste it now.";
      }
    } catch (problem) {
      if (problem.name !== "AbortError") told.textContent = "That did not work. Copy the address by hand.";
    }
  });
  place.append(button, told);
}

document.querySelectorAll("[data-share]").forEach(offer);
