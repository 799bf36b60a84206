// Copy and reveal buttons: shown only where scripts run, copying where the browser can.
const DOTS = "••••••••••••";
const secrets = new WeakMap();

for (const button of document.querySelectorAll("[data-reveals]")) {
  const source = document.getElementById(button.dataset.reveals);
  secrets.set(source, source.textContent);
  source.textContent = DOTS;
  button.setAttribute("aria-expanded", "false");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shows = source.textContent === DOTS;
    source.textContent = shows ? secrets.get(source) : DOTS;
    button.textContent = shows ? "Hide" : "Show";
    button.setAttribute("aria-expanded", String(shows));
  });
}

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(secrets.get(source) ?? source.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
