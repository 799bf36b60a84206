// What makes pages handier. Without scripts everything can still be read, copied by hand and sent.
"use strict";

const TOLD_MS = 2000;
const store = {
  get(name) {
    try { return localStorage.getItem(name) || ""; } catch { return ""; }
  },
  set(name, value) {
    try { localStorage.setItem(name, value); } catch { /* then it is forgotten */ }
  },
};

// Copy buttons, beside a field or above the samples that are shown.
function sourceOf(button) {
  if (button.dataset.copy) return document.getElementById(button.dataset.copy);
  const panes = [...button.closest(".window").querySelectorAll("pre")];
  return panes.find((pane) => pane.offsetParent) || panes[0];
}

function textOf(element) {
  return "value" in element ? element.value : element.textContent.trim();
}

async function copy(button) {
  const source = sourceOf(button);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(textOf(source));
    button.textContent = button.dataset.copied || "Copied";
  } catch {
    const closed = source.closest("details");
    if (closed) closed.open = true;
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    button.textContent = "Ctrl+C";
  }
  setTimeout(() => (button.textContent = label), TOLD_MS);
}

for (const button of document.querySelectorAll("button[data-copy], [data-copy-pane]")) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => copy(button));
}
for (const field of document.querySelectorAll("[data-secret]")) {
  field.addEventListener("focus", () => field.select());
}

// Code blocks of prose get a button of their own.
for (const block of document.querySelectorAll(".prose pre")) {
  const words = document.body.dataset;
  const frame = document.createElement("div");
  frame.className = "framed";
  block.replaceWith(frame);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy || "Copy";
  button.dataset.copied = words.copied || "Copied";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent.trim()).catch(() => getSelection().selectAllChildren(block));
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), TOLD_MS);
  });
  frame.append(block, button);
}

// The language of samples that was chosen last is chosen on every page.
function choose(language) {
  for (const tab of document.querySelectorAll("[data-language]")) {
    if (tab.value === language) tab.checked = true;
  }
}
choose(store.get("language"));
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-language]")) return;
  store.set("language", event.target.value);
  choose(event.target.value);
});

// Light, dark, or as the system has it.
for (const group of document.querySelectorAll("[data-schemes]")) {
  const tell = () => {
    const chosen = document.documentElement.dataset.scheme || "";
    for (const each of group.children) each.setAttribute("aria-pressed", String(each.dataset.scheme === chosen));
  };
  group.hidden = false;
  group.addEventListener("click", (event) => {
    if (!event.target.matches("button")) return;
    const scheme = event.target.dataset.scheme;
    store.set("scheme", scheme);
    if (scheme) document.documentElement.dataset.scheme = scheme;
    else delete document.documentElement.dataset.scheme;
    tell();
  });
  tell();
}

// Search: ⌘K or Ctrl+K opens it over the page; the link leads to the page that does the same.
const finder = document.getElementById("finder");
const opener = document.querySelector("[data-find]");
if (finder && opener) {
  const field = document.getElementById("finder-words");
  const found = document.getElementById("finder-found");
  const told = document.getElementById("finder-told");
  let asked = 0;
  const shortcut = opener.querySelector("[data-shortcut]");
  shortcut.textContent = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘K" : "Ctrl K";
  shortcut.hidden = false;
  const open = () => {
    if (!finder.open) finder.showModal();
    field.select();
  };
  const show = (results) => {
    found.replaceChildren(...results.map((result) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const more = document.createElement("small");
      link.href = result.url || result.path;
      link.textContent = result.title || result.name || link.href;
      more.textContent = result.excerpt || result.description || result.kind || "";
      link.append(more);
      item.append(link);
      return item;
    }));
  };
  const ask = async () => {
    const turn = ++asked;
    const words = field.value.trim();
    if (!words) { show([]); told.textContent = ""; return; }
    try {
      const answer = await fetch(`${opener.dataset.find}.json?q=${encodeURIComponent(words)}`);
      if (!answer.ok) throw new Error(answer.status);
      const body = await answer.json();
      if (turn !== asked) return;
      const results = Array.isArray(body) ? body : body.results || [];
      show(results);
      told.textContent = results.length ? "" : finder.dataset.none;
    } catch {
      if (turn === asked) { show([]); told.textContent = finder.dataset.failed; }
    }
  };
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  opener.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  finder.querySelector("[data-close]").addEventListener("click", () => finder.close());
  finder.addEventListener("click", (event) => { if (event.target === finder) finder.close(); });
  finder.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [field, ...found.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    stops[(next + stops.length) % stops.length].focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
    event.preventDefault();
    open();
  });
}
