// Keyboard: / and Ctrl+K to search, j/k and Enter in lists, g then a letter to go somewhere, n new, e edit, ? help.
(() => {
  "use strict";
  let waitingForTarget = 0;

  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  const visible = (element) => Boolean(element) && element.getClientRects().length > 0;

  function focusSearch() {
    const field = document.querySelector("[data-search-field]");
    if (visible(field)) {
      field.focus();
      field.select();
      return;
    }
    const link = document.querySelector("[data-search-page]");
    if (link) window.location.assign(link.href);
  }

  function rows() {
    return [...document.querySelectorAll("tr[data-href]")].filter(visible);
  }

  function moveRow(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("is-current"));
    const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step));
    all.forEach((row) => row.classList.remove("is-current"));
    all[next].classList.add("is-current");
    const link = all[next].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (visible(link)) link.click();
  }

  function showHelp() {
    const help = document.getElementById("keyboard-help");
    if (help && window.bootstrap) window.bootstrap.Modal.getOrCreateInstance(help).show();
  }

  const plain = {
    "/": focusSearch,
    j: () => moveRow(1),
    k: () => moveRow(-1),
    n: () => follow("[data-key-new]"),
    e: () => follow("[data-key-edit]"),
    "?": showHelp,
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      focusSearch();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const open = document.querySelector(".modal.show");
    if (open) {
      // Bootstrap hears Escape only while the focus is inside the dialog.
      if (event.key === "Escape" && !open.contains(event.target)) window.bootstrap.Modal.getInstance(open)?.hide();
      return;
    }
    if (waitingForTarget && Date.now() - waitingForTarget < 1500) {
      waitingForTarget = 0;
      const target = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (target) {
        event.preventDefault();
        window.location.assign(target.href);
      }
      return;
    }
    if (event.key === "g") {
      waitingForTarget = Date.now();
      return;
    }
    const act = plain[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // A row opens where it is clicked, unless the click was on something of its own or ended a selection of text.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, summary")) return;
    if (String(window.getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
    else window.location.assign(row.dataset.href);
  });
})();
