// Small behaviour of every page: picking rows, filters that send themselves, printing, the error summary.
(() => {
  "use strict";

  function refresh(form) {
    const boxes = [...form.querySelectorAll("input[name=pick]")];
    const picked = boxes.filter((box) => box.checked).length;
    const bar = form.querySelector("[data-bulk]");
    const all = form.querySelector("[data-pick-all]");
    if (bar) {
      bar.hidden = picked === 0;
      const count = bar.querySelector("[data-bulk-count]");
      if (count) count.textContent = String(picked);
    }
    if (all) {
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
  }

  // On a narrow screen the row of tabs is rolled to the one that is open.
  document.querySelectorAll(".r-tabs [aria-current]").forEach((tab) => {
    const row = tab.closest(".r-tabs");
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - tab.offsetWidth) / 2;
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    const form = field.closest("form");
    if (!form) return;
    if (field.matches("[data-pick-all]")) {
      form.querySelectorAll("input[name=pick]").forEach((box) => { box.checked = field.checked; });
      refresh(form);
    } else if (field.matches("input[name=pick]")) {
      refresh(form);
    } else if (field.matches("[data-submit]")) {
      form.requestSubmit();
    }
  });

  // A filter asks for a column first; only the value field of that column is shown and sent.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-filter-column]")) return;
    const form = event.target.closest("form");
    form.querySelectorAll("[data-filter-value]").forEach((part) => {
      const on = part.dataset.filterValue === event.target.value;
      part.hidden = !on;
      part.querySelectorAll("input, select").forEach((input) => { input.disabled = !on; });
    });
  });

  // Empty filters would only lengthen the address.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lean]")) return;
    event.target.querySelectorAll("input, select").forEach((input) => {
      if (!input.value && input.type !== "checkbox") input.disabled = true;
    });
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-lean] input:disabled, form[data-lean] select:disabled").forEach((input) => {
      if (!input.closest("[data-filter-value][hidden]")) input.disabled = false;
    });
    document.querySelectorAll("form[data-list]").forEach(refresh);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print]");
    if (button) window.print();
  });

  // The error summary takes the focus and jumps to the field that it names.
  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-error-summary]")?.focus());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const field = link && document.querySelector(link.getAttribute("href"));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.closest(".r-field")?.scrollIntoView({ block: "center" });
  });
})();
