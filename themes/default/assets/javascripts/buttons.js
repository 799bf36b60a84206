// Buttons that ask before they do something: `confirm` and `disable_with` of the buttons' filters.
// Without scripts the buttons work as they are.
"use strict";

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) {
    event.preventDefault();
    return;
  }
  if (button.dataset.disableWith) {
    button.textContent = button.dataset.disableWith;
    setTimeout(() => (button.disabled = true)); // after the form is sent with it
  }
});
