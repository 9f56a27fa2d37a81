// Fields of a step that are asked only with a certain answer to another field: shown and sent only then.
// Without scripts all of them are shown with the condition in words, and the server leaves out what was not asked.
(() => {
  "use strict";

  function refresh(form) {
    form.querySelectorAll("[data-when]").forEach((part) => {
      const other = form.elements.namedItem(part.dataset.when);
      const on = !!other && other.value === part.dataset.whenValue;
      part.hidden = !on;
      part.querySelectorAll("input, select, textarea").forEach((input) => { input.disabled = !on; });
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form").forEach((form) => {
      if (!form.querySelector("[data-when]")) return;
      refresh(form);
      form.addEventListener("change", () => refresh(form));
    });
  });
})();
