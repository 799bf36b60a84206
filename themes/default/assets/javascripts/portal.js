// Copy buttons. Without scripts the fields can still be selected and copied by hand.
"use strict";

const TOLD_MS = 2000;

function textOf(element) {
  return "value" in element ? element.value : element.textContent.trim();
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(textOf(source));
    button.textContent = "Copied";
  } catch {
    const closed = source.closest("details");
    if (closed) closed.open = true;
    if (source.select) source.select();
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => (button.textContent = "Copy"), TOLD_MS);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => copy(button));
}
for (const field of document.querySelectorAll("[data-secret]")) {
  field.addEventListener("focus", () => field.select());
}
