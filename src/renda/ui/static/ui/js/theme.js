// Dark mode follows the system. Loaded in the head so that the first paint already has the right colours.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light";
    document.dispatchEvent(new CustomEvent("renda:theme"));
  };
  apply();
  dark.addEventListener("change", apply);
})();
