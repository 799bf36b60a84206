// Language tabs, and the console: swagger-ui, loaded when it is opened, with the reader's own keys.
// Without scripts the samples fold open and all that can be read is there.
"use strict";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const DATA_NAME = "x-data-threescale-name";

function tabs(box) {
  const samples = [...box.querySelectorAll("[data-tab]")];
  const list = document.createElement("div");
  list.className = "tablist";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", box.getAttribute("aria-label"));
  const buttons = samples.map((sample) => {
    const button = document.createElement("button");
    const panel = sample.querySelector(".code");
    panel.id = `panel-${sample.dataset.tab}`;
    panel.setAttribute("role", "tabpanel");
    button.type = "button";
    button.id = `tab-${sample.dataset.tab}`;
    button.textContent = sample.querySelector("summary").textContent;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", button.id);
    button.addEventListener("click", () => choose(samples.indexOf(sample)));
    sample.removeAttribute("name");
    list.append(button);
    return button;
  });
  function choose(index, focus) {
    samples.forEach((sample, at) => {
      sample.open = at === index;
      buttons[at].setAttribute("aria-selected", String(at === index));
      buttons[at].tabIndex = at === index ? 0 : -1;
    });
    if (focus) buttons[index].focus();
    try {
      localStorage.setItem("language", samples[index].dataset.tab);
    } catch {
      // It is forgotten, then.
    }
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    choose((at + step + buttons.length) % buttons.length, true);
  });
  box.removeAttribute("aria-label");
  box.classList.add("tabbed");
  box.prepend(list);
  let kept = "";
  try {
    kept = localStorage.getItem("language") || "";
  } catch {
    // The first one will do.
  }
  choose(Math.max(0, samples.findIndex((sample) => sample.dataset.tab === kept)));
}

function loaded(tag, attributes) {
  return new Promise((done, failed) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });
}

async function json(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer.json();
}

// Whether the page is dark, whatever has made it so.
function followScheme() {
  const told = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) || [255, 255, 255];
  const light = (0.299 * told[0] + 0.587 * told[1] + 0.114 * told[2]) / 255;
  document.documentElement.classList.toggle("dark-mode", light < 0.5);
}

// A path is one of this site: the gateway is below it.
function absolute(spec) {
  for (const server of spec.servers || []) {
    if (server.url.startsWith("/")) server.url = location.origin + server.url;
  }
  if (spec.swagger && !spec.host) {
    spec.host = location.host;
    spec.schemes = [location.protocol.replace(":", "")];
  }
  return spec;
}

// All places of parameters that take a credential of the reader's: [path, method, name, in, kind].
function credentialParameters(spec) {
  const resolve = (each) =>
    each && each.$ref ? each.$ref.slice(2).split("/").reduce((at, name) => at && at[name], spec) : each;
  const found = [];
  for (const [path, item] of Object.entries(spec.paths || {})) {
    for (const method of METHODS.filter((name) => item && item[name])) {
      for (const given of [...(item.parameters || []), ...(item[method].parameters || [])]) {
        const parameter = resolve(given);
        if (parameter && parameter[DATA_NAME]) {
          found.push([path, method, parameter.name, parameter.in, parameter[DATA_NAME]]);
        }
      }
    }
  }
  return found;
}

// One entry for each application: its name and what it calls with.
function applicationsOf(results, service) {
  const byId = new Map();
  for (const [kind, items] of Object.entries(results || {})) {
    for (const item of items.filter((each) => each.application_id && (!service || each.service === service))) {
      const known = byId.get(item.application_id) || { name: item.application };
      byId.set(item.application_id, { ...known, [kind]: item.value });
    }
  }
  return [...byId.values()];
}

function schemesOf(spec) {
  return Object.entries((spec.components || {}).securitySchemes || spec.securityDefinitions || {});
}

function fillIn(ui, spec, application) {
  const key = application.user_keys;
  const pair = key === undefined ? [application.app_ids, application.app_keys] : [key, ""];
  const keys = schemesOf(spec).filter(([, scheme]) => scheme.type === "apiKey");
  for (const [name, scheme] of schemesOf(spec)) {
    if (scheme.type === "basic" || (scheme.type === "http" && /^basic$/i.test(scheme.scheme))) {
      ui.preauthorizeBasic(name, ...pair);
    }
  }
  keys.forEach(([name, scheme], at) => {
    const looksLikeId = /id$/i.test(scheme.name) || (keys.length > 1 && at === 0);
    ui.preauthorizeApiKey(name, key === undefined ? pair[looksLikeId ? 0 : 1] : key);
  });
  for (const [path, method, name, place, kind] of credentialParameters(spec)) {
    const value = application[kind];
    if (value) ui.getSystem().specActions.changeParam([path, method], name, place, value, false);
  }
}

function offer(box, applications, ui, spec) {
  const row = box.querySelector("[data-console-as]");
  if (!row || !applications.length) return;
  const select = row.querySelector("select");
  select.replaceChildren(...applications.map((each, at) => new Option(each.name, String(at))));
  select.addEventListener("change", () => fillIn(ui, spec, applications[Number(select.value)]));
  row.hidden = false;
  fillIn(ui, spec, applications[0]);
}

// What swagger-ui leaves out for who uses no mouse, or does not see.
function mend(body, label) {
  const landmark = body.querySelector("main");
  if (landmark) {
    landmark.setAttribute("role", "group");
    landmark.setAttribute("aria-label", label);
  }
  for (const each of body.querySelectorAll("h4")) each.setAttribute("aria-level", "3");
  for (const each of body.querySelectorAll("h5")) each.setAttribute("aria-level", "4");
  for (const each of body.querySelectorAll("pre")) each.tabIndex = 0;
}

// Its own words in the language of the page; what the document says, and what was typed, stays.
const NOT_ITS_OWN = ".renderedMarkdown, .markdown, pre, code, textarea, select, .opblock-summary-path, "
  + ".opblock-summary-description, .opblock-tag, .model-box, .parameter__name, .parameter__type, "
  + ".response-control-media-type__title";

function translate(body, words) {
  const say = (text) => {
    const said = words[text.trim()];
    return said === undefined ? text : text.replace(text.trim(), () => said);
  };
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const said = say(node.nodeValue);
    if (said !== node.nodeValue && !node.parentElement.closest(NOT_ITS_OWN)) node.nodeValue = said;
  }
  for (const each of body.querySelectorAll("[aria-label], [title]")) {
    for (const name of ["aria-label", "title"]) {
      const text = each.getAttribute(name);
      if (text && say(text) !== text) each.setAttribute(name, say(text));
    }
  }
}

async function open(box) {
  const { document: address, script, styles, service, account } = box.dataset;
  const body = box.querySelector("[data-console-body]") || box;
  const live = "live" in box.dataset;
  const single = "single" in box.dataset;
  body.setAttribute("aria-busy", "true");
  try {
    const [spec, data] = await Promise.all([
      json(address).then(absolute),
      account ? json(account) : {},
      window.SwaggerUIBundle || loaded("script", { src: script }),
      loaded("link", { rel: "stylesheet", href: styles }),
    ]);
    document.head.append(...document.querySelectorAll('link[href*="/css/api_docs.css"]'));
    const applications = applicationsOf(data.results, service);
    const heading = document.getElementById(box.getAttribute("aria-labelledby"));
    const label = heading ? heading.textContent : service;
    const words = JSON.parse(box.dataset.words || "{}");
    if (words.required) body.style.setProperty("--required", JSON.stringify(words.required));
    new MutationObserver(() => {
      mend(body, label);
      if (box.dataset.words) translate(body, words);
    }).observe(body, { childList: true, subtree: true, characterData: true });
    const ui = window.SwaggerUIBundle({
      spec,
      domNode: body,
      docExpansion: single ? "full" : "list",
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
      tryItOutEnabled: single && live,
      supportedSubmitMethods: live ? METHODS : [],
      syntaxHighlight: { activated: false },
      validatorUrl: null,
      onComplete: () => offer(box, applications, ui, spec),
    });
  } catch (error) {
    body.textContent = box.dataset.failed || String(error);
  }
  body.removeAttribute("aria-busy");
}

for (const box of document.querySelectorAll("[data-tabs]")) tabs(box);
for (const box of document.querySelectorAll("[data-console]")) {
  const button = box.querySelector("[data-console-open]");
  const start = () => {
    if (button) button.hidden = true;
    open(box);
  };
  followScheme();
  if (!button) start();
  else {
    button.hidden = false;
    button.addEventListener("click", start);
  }
}
if (document.querySelector("[data-console]")) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(followScheme));
  new MutationObserver(followScheme).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["class", "data-theme", "data-scheme", "data-color-scheme", "style"],
  });
}
