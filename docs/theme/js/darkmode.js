// In place of MkDocs' own, which expects highlight.js: the scheme is the system's, or what was chosen.
const system = matchMedia("(prefers-color-scheme: dark)");
const choices = document.querySelectorAll("[data-bs-theme-value]");

function chosen() {
  try {
    return localStorage.getItem("mkdocs-colormode") || "auto";
  } catch {
    return "auto"; // a browser that keeps nothing
  }
}

function show(mode) {
  const dark = mode === "dark" || (mode === "auto" && system.matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  for (const choice of choices) {
    const on = choice.dataset.bsThemeValue === mode;
    choice.setAttribute("aria-pressed", on);
    choice.lastElementChild.classList.toggle("d-none", !on);
  }
}

for (const choice of choices) {
  choice.addEventListener("click", () => {
    try {
      localStorage.setItem("mkdocs-colormode", choice.dataset.bsThemeValue);
    } catch { /* it holds for this page alone */ }
    show(choice.dataset.bsThemeValue);
  });
}
system.addEventListener("change", () => show(chosen()));
show(chosen());
