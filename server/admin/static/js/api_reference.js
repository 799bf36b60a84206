// The REST API's own document, rendered by swagger-ui.
"use strict";

const SUFFIX = ".{format}";

// Each operation is there with a format in its path and without: one of the two is enough to read.
function once(spec) {
  for (const path of Object.keys(spec.paths)) {
    if (!path.endsWith(SUFFIX) && spec.paths[path + SUFFIX]) delete spec.paths[path];
  }
  spec.servers = [{ url: location.origin }];
  return spec;
}

// What swagger-ui leaves out for who uses no mouse, or does not see.
function mend(box) {
  for (const each of box.querySelectorAll("select:not([aria-label], [id])")) {
    const name = each.closest("tr")?.querySelector(".parameter__name, .response-col_status");
    each.setAttribute("aria-label", name ? name.textContent.replace(/[*\s]+.*$/, "") : "Media type");
  }
  for (const each of box.querySelectorAll("[data-tag] > .expand-operation")) {
    each.setAttribute("aria-label", `Operations of ${each.parentElement.dataset.tag}`);
  }
  box.querySelector(".operation-filter-input")?.setAttribute("aria-label", "Filter by tag or path");
  for (const each of box.querySelectorAll("h3")) each.setAttribute("aria-level", "2");
  for (const each of box.querySelectorAll("h4")) each.setAttribute("aria-level", "3");
  for (const each of box.querySelectorAll("h5")) each.setAttribute("aria-level", "4");
  for (const each of box.querySelectorAll("pre")) each.tabIndex = 0;
}

// A layout without a title and a landmark: the page around it has both.
function plain(system) {
  const make = system.React.createElement;
  const Plain = ({ getComponent }) =>
    make(
      "div",
      { className: "swagger-ui" },
      make(getComponent("SvgAssets")),
      make("div", { className: "scheme-container" }, make(getComponent("AuthorizeBtnContainer", true))),
      make(getComponent("FilterContainer", true)),
      make(getComponent("errors", true)),
      make(getComponent("operations", true)),
    );
  return { components: { Plain } };
}

function followScheme() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark-mode", isDark);
}

async function show(box) {
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(box.dataset.reference);
    if (!answer.ok) throw new Error(`The document answers ${answer.status}.`);
    const spec = once(await answer.json());
    new MutationObserver(() => mend(box)).observe(box, { childList: true, subtree: true });
    window.SwaggerUIBundle({
      spec,
      domNode: box,
      docExpansion: "none",
      filter: true,
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
      syntaxHighlight: { activated: false },
      validatorUrl: null,
      plugins: [plain],
      layout: "Plain",
    });
  } catch (error) {
    box.textContent = String(error);
  }
  box.removeAttribute("aria-busy");
}

followScheme();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", followScheme);
for (const box of document.querySelectorAll("[data-reference]")) show(box);
