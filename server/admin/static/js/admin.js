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

// Rows of an ordered list can be dragged; the buttons beside them do the same without a mouse.
for (const body of document.querySelectorAll("[data-orders]")) {
  const form = document.getElementById(body.dataset.orders);
  let dragged = null;
  form.querySelector("[data-drag-hint]").hidden = !matchMedia("(pointer: fine)").matches;
  for (const row of body.rows) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.id);
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const { top, height } = row.getBoundingClientRect();
      row[event.clientY > top + height / 2 ? "after" : "before"](dragged);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      row.classList.remove("dragged");
      dragged = null;
      const ids = [...body.rows].map((each) => each.dataset.id).join(" ");
      if (ids === form.elements.ids.value) return;
      form.elements.ids.value = ids;
      form.requestSubmit();
    });
  }
}
