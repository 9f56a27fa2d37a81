// Drafts: a form with data-draft="key" is kept in this browser while it is written and offered again after a crash or a closed tab.
// Fields marked data-secret are never kept.
(() => {
  "use strict";
  const PREFIX = "renda-draft:";
  const KEEP_DAYS = 30;

  const fields = (form) => [...form.elements].filter(
    (field) => field.name && !field.disabled && field.name !== "csrfmiddlewaretoken" && !field.hasAttribute("data-secret")
      && !["file", "password", "submit", "button"].includes(field.type),
  );

  function collect(form) {
    const values = {};
    fields(form).forEach((field) => {
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
      (values[field.name] ||= []).push(field.value);
    });
    return values;
  }

  function restore(form, values) {
    fields(form).forEach((field) => {
      const kept = values[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
      else if (field.name in values) field.value = kept[0] ?? "";
    });
  }

  function clearOld() {
    const limit = Date.now() - KEEP_DAYS * 86400000;
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
      try {
        if (JSON.parse(localStorage.getItem(key)).at < limit) localStorage.removeItem(key);
      } catch {
        localStorage.removeItem(key);
      }
    });
  }

  function offer(form, key, draft) {
    const note = form.querySelector("[data-draft-offer]");
    if (!note) return;
    note.hidden = false;
    const when = note.querySelector("time");
    when.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(draft.at);
    note.querySelector("[data-draft-take]").addEventListener("click", () => {
      restore(form, draft.values);
      note.hidden = true;
    });
    note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      localStorage.removeItem(key);
      note.hidden = true;
    });
  }

  function watch(form) {
    const key = PREFIX + form.dataset.draft;
    const state = form.querySelector("[data-draft-state]");
    const before = JSON.stringify(collect(form));
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && JSON.stringify(kept.values) !== before) offer(form, key, kept);
    let timer = 0;
    const save = () => {
      const values = collect(form);
      if (JSON.stringify(values) === before) return;
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      if (state) state.textContent = state.dataset.saved;
    };
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 600);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
  }

  document.addEventListener("DOMContentLoaded", () => {
    try {
      clearOld();
      // The page after a saved form says which draft is done with.
      document.querySelectorAll("[data-draft-done]").forEach((mark) => localStorage.removeItem(PREFIX + mark.dataset.draftDone));
      document.querySelectorAll("form[data-draft]").forEach(watch);
    } catch {
      // Without storage (a locked-down browser) the form works as before, only without drafts.
    }
  });
})();
