// The worksheet: j/k from place to place, u to the next unsettled one, Enter accepts, o changes, x leaves open.
(() => {
  "use strict";
  const desk = () => document.querySelector("[data-worksheet]");
  const spots = () => [...document.querySelectorAll("#text [data-spot]")].filter((spot, n, all) => n === all.findIndex((one) => one.dataset.spot === spot.dataset.spot));
  const current = () => document.querySelector("#text .is-current");
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  function mark(key, { scroll = true } = {}) {
    let first = null;
    document.querySelectorAll("#text [data-spot]").forEach((spot) => {
      const here = spot.dataset.spot === key;
      spot.classList.toggle("is-current", here);
      if (here) spot.setAttribute("aria-current", "true");
      else spot.removeAttribute("aria-current");
      if (here && !first) first = spot;
    });
    if (first && scroll) first.scrollIntoView({ block: "nearest" });
    return first;
  }

  let asked = null; // the place that was opened last and whose panel is not there yet

  function open(spot) {
    if (!spot) return;
    asked = spot.dataset.spot;
    mark(asked);
    spot.focus({ preventScroll: true });
    window.htmx.ajax("GET", spot.getAttribute("hx-get"), { target: "#panel", swap: "innerHTML" });
    window.history.replaceState(null, "", spot.getAttribute("href"));
  }

  function step(by, wanted = () => true) {
    const all = spots();
    const at = current() ? all.findIndex((spot) => spot.dataset.spot === current().dataset.spot) : by > 0 ? -1 : all.length;
    const order = by > 0 ? [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))] : [...all.slice(0, Math.max(at, 0)).reverse()];
    open(order.find(wanted));
  }

  const press = (selector) => {
    asked = null;
    window.htmx.process(document.getElementById("panel")); // a key may come before htmx has seen the new panel
    document.querySelector(`#panel ${selector}`)?.click();
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    u: () => step(1, (spot) => !("settled" in spot.dataset)),
    x: () => press("[data-leave]"),
    o: () => press("[data-change]"),
  };

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.defaultPrevented && !"jk".includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector(".modal.show, .dropdown-menu.show")) return;
    if (event.key === "Enter" && document.activeElement?.matches("#text .is-current, body, #panel")) {
      event.preventDefault();
      press("[data-accept]");
    } else if (event.key === "Escape") {
      close();
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  function close() {
    const panel = document.getElementById("panel");
    if (panel && panel.querySelector("[data-panel]")) {
      panel.replaceChildren();
      current()?.focus({ preventScroll: true });
    }
  }

  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump) step(1, (spot) => spot.dataset.tone === jump.dataset.jump);
    if (event.target.closest("[data-close]")) close();
    const spot = event.target.closest("#text [data-spot]");
    if (spot && !event.ctrlKey && !event.metaKey) {
      mark(spot.dataset.spot, { scroll: false });
      window.history.replaceState(null, "", spot.getAttribute("href"));
    }
  });

  // The place that the panel shows is the current one from the moment it is there (a quick key may come before htmx has settled), unless
  // a later one was asked for meanwhile.
  document.addEventListener("htmx:afterSwap", () => {
    const panel = document.querySelector("#panel [data-panel]");
    if (!panel || (asked && asked !== panel.dataset.panel)) return;
    asked = null;
    mark(panel.dataset.panel);
  });

  // After settling it takes the focus, so that the keys go on.
  document.addEventListener("htmx:afterSettle", (event) => {
    const panel = document.querySelector("#panel [data-panel]");
    if (!panel || event.target.id === "found" || event.target.id === "try") return;
    if (event.target.id === "change") {
      const picked = event.target.querySelector(".rp-change")?.dataset.picked;
      (picked ? event.target.querySelector(".rp-selects button") : document.getElementById("q"))?.focus({ preventScroll: true });
      const box = document.getElementById("panel");
      box.scrollTop += event.target.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
      return;
    }
    const spot = asked ? null : mark(panel.dataset.panel);
    if (spot && !typing(document.activeElement)) spot.focus({ preventScroll: true });
    document.getElementById("panel").scrollTop = 0;
  });

  // A refusal (the place was settled by somebody else, a field is missing) is shown like any other answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
  });

  document.addEventListener("DOMContentLoaded", () => current()?.scrollIntoView({ block: "center" }));
})();
