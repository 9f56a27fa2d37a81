// Counts the ticked boxes and ticks a whole group at once; without it the form works all the same.
(() => {
  "use strict";
  const form = document.querySelector("[data-pick]");
  if (!form) return;
  const boxes = (place) => [...place.querySelectorAll('input[type="checkbox"][name="pick"]')];
  const count = () => {
    const told = form.querySelector("[data-picked]");
    if (told) told.textContent = String(boxes(form).filter((box) => box.checked).length);
  };
  form.addEventListener("change", count);
  for (const button of form.querySelectorAll("[data-pick-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const group = boxes(button.closest("[data-group]"));
      const all = group.every((box) => box.checked);
      for (const box of group) box.checked = !all;
      count();
    });
  }
  count();
})();
