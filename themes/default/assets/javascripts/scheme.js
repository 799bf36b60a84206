// Runs before anything is painted: light or dark, where the visitor chose one.
"use strict";
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
} catch {
  // Without storage the system's choice holds.
}
