// A button to print with. Without it the browser's own menu prints the same sheet.

for (const place of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Print this page";
  button.addEventListener("click", () => window.print());
  place.append(button);
}
