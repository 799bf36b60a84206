/**
 * The editor of templates: CodeMirror in place of a textarea, which stays the form's field.
 *
 * It lives in a shadow root: there it styles itself with sheets that no page's policy forbids.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { closePercentBrace, liquid } from "@codemirror/lang-liquid";
import { markdown } from "@codemirror/lang-markdown";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const CHECK_AFTER_MS = 600;
const PREVIEW_AFTER_MS = 900;
const HERE_EVERY_MS = 60_000;
const BASES = { html, markdown, css, javascript, plain: () => null };

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "0.875rem", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "var(--ground)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent-soft) 35%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--code-selection)" },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--edge)" },
  ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--card)", border: "1px solid var(--edge)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--accent-ink)", backgroundColor: "var(--accent)" },
  ".cm-completionDetail": { color: "inherit", fontStyle: "normal", opacity: "0.9" },
  ".cm-completionInfo": { maxWidth: "22rem", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 1.5px" },
  // Its own picture comes by an address that the page's policy forbids.
  ".cm-lint-marker-error": { content: "normal", color: "var(--bad)", fontWeight: "700", textAlign: "center" },
  ".cm-lint-marker-error::before": { content: "'!'" },
  ".cm-completionIcon": { display: "none" },
  ".cm-foldPlaceholder": { color: "var(--soft)", backgroundColor: "var(--ground)", borderColor: "var(--line)" },
  ".cm-textfield, .cm-button": { color: "var(--ink)", backgroundColor: "var(--card)", backgroundImage: "none", border: "1px solid var(--edge)" },
});
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.moduleKeyword, tags.definitionKeyword], color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.tagName, tags.typeName, tags.heading], color: "var(--code-tag)" },
  { tag: [tags.attributeName, tags.propertyName, tags.variableName], color: "var(--code-name)" },
  { tag: [tags.string, tags.attributeValue, tags.link, tags.url], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.color, tags.unit], color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.className], color: "var(--code-keyword)" },
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const area = document.querySelector("textarea[data-editor]");
if (area) start(area);

function start(textarea) {
  const form = textarea.form;
  const words = JSON.parse(document.getElementById("editor-words")?.textContent ?? "{}");
  const host = document.createElement("div");
  host.className = "editor";
  textarea.after(host);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host { display: block; min-height: 0; } .cm-editor { height: 100%; }");
  root.adoptedStyleSheets = [sheet];
  const label = form.querySelector(`label[for="${textarea.id}"]`);
  const editable = !textarea.readOnly;
  const preview = previews(form, () => view.state.doc.toString());

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), foldGutter(),
        drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        highlightSelectionMatches(), closePercentBrace, indentUnit.of("  "), EditorView.lineWrapping,
        theme, syntaxHighlighting(colours), autocompletion(), language(textarea, words),
        EditorState.readOnly.of(!editable), EditorView.editable.of(editable),
        EditorView.contentAttributes.of({ "aria-label": label?.firstChild?.textContent.trim() ?? "Text", tabindex: "0" }),
        keymap.of([
          { key: "Mod-s", preventDefault: true, run: () => { form.requestSubmit(form.querySelector("[data-save]")); return true; } },
          { key: "Mod-Enter", preventDefault: true, run: () => { preview.now(); return true; } },
          ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap,
          ...completionKeymap, ...lintKeymap, indentWithTab,
        ]),
        lintGutter(),
        textarea.dataset.check ? linter((each) => check(each, textarea, form), { delay: CHECK_AFTER_MS }) : [],
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          preview.soon();
        }),
      ],
    }),
  });
  textarea.hidden = true;
  textarea.required = false;
  label?.addEventListener("click", () => view.focus());
  showFault(view, textarea);
  inserts(view);
  leaving(form, () => view.state.doc.toString(), textarea.value);
  presence(form);
  preview.start();
}

function language(textarea, words) {
  const base = (BASES[textarea.dataset.language] ?? html)();
  if (textarea.dataset.liquid === "no") return base ?? [];
  const option = (type) => ({ name, what, kind }) => ({ label: name, type, detail: kind || undefined, info: what || undefined });
  const config = {
    tags: (words.tags ?? []).map(option("keyword")),
    filters: (words.filters ?? []).map(option("function")),
    variables: (words.variables ?? []).map(option("variable")),
    properties: (path) => (fieldsOf(words, path) ?? []).map(option("property")),
  };
  return liquid(base ? { ...config, base } : config);
}

/** Walk from a variable to the fields of what it leads to: `application.plan` to those of a plan. */
function fieldsOf(words, path) {
  const [first, ...rest] = path;
  let kind = words.variables?.find((each) => each.name === first)?.kind;
  for (const name of rest) {
    kind = words.drops?.[plain(kind)]?.find((each) => each.name === name)?.kind ?? (/^(first|last|\d+)$/.test(name) ? kind : "");
  }
  return words.drops?.[plain(kind)];
}

function plain(kind) {
  return (kind ?? "").replace(/[[\]?]/g, "");
}

async function check(view, textarea, form) {
  const status = document.getElementById("check");
  const answer = await send(form, textarea.dataset.check, fieldsOfForm(form));
  if (!answer) return [];
  const { faults } = answer;
  if (status) status.textContent = faults.length ? `Line ${faults[0].line || "?"}: ${faults[0].message}` : "No faults found.";
  status?.classList.toggle("bad", faults.length > 0);
  return faults.map((fault) => diagnostic(view, fault));
}

function diagnostic(view, { line, column, message }) {
  const known = Math.min(Math.max(line, 1), view.state.doc.lines);
  const at = view.state.doc.line(known);
  const from = Math.min(at.from + Math.max((column || 1) - 1, 0), at.to);
  return { from, to: Math.max(at.to, from), severity: "error", message };
}

/** After a save that was refused: the cursor goes to the place, which is marked. */
function showFault(view, textarea) {
  const line = Number(textarea.dataset.line ?? 0);
  if (!line) return;
  const fault = diagnostic(view, { line, column: Number(textarea.dataset.column), message: textarea.dataset.fault });
  view.dispatch(setDiagnostics(view.state, [fault]));
  view.dispatch({ selection: { anchor: fault.from }, effects: EditorView.scrollIntoView(fault.from, { y: "center" }) });
  view.focus();
}

function inserts(view) {
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      view.dispatch(view.state.replaceSelection(button.dataset.insert), { scrollIntoView: true });
      view.focus();
      const told = document.getElementById("inserted");
      if (told) told.textContent = `${button.dataset.insert} is inserted.`;
    });
  }
  const filter = document.getElementById("words-filter");
  if (!filter) return;
  filter.closest("[hidden]")?.removeAttribute("hidden");
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const item of document.querySelectorAll("[data-word]")) {
      item.hidden = wanted !== "" && !item.dataset.word.toLowerCase().includes(wanted);
    }
    for (const group of document.querySelectorAll("details[data-words]")) {
      const shown = group.querySelectorAll("[data-word]:not([hidden])").length;
      const own = group.dataset.words.toLowerCase().includes(wanted);
      group.hidden = wanted !== "" && !shown && !own;
      if (own && wanted) group.querySelectorAll("[data-word]").forEach((item) => { item.hidden = false; });
      if (wanted) group.open = shown > 0 && !own;
    }
  });
}

/** The frame beside the text: each view is a new frame, shown once it is there, so nothing flickers. */
function previews(form, text) {
  const pane = document.querySelector("[data-preview]");
  let timer = 0, running = false, again = false;

  function now() {
    if (!pane) return;
    if (running) { again = true; return; }
    running = true;
    again = false;
    pane.setAttribute("aria-busy", "true");
    const old = pane.querySelector("iframe");
    const frame = old.cloneNode(false);
    frame.removeAttribute("srcdoc");
    frame.name = `preview-${Date.now()}`;
    frame.classList.add("coming");
    frame.title = "Preview on its way";
    const order = document.createElement("form");
    order.method = "post";
    order.action = pane.dataset.preview;
    order.target = frame.name;
    order.hidden = true;
    for (const [name, value] of fieldsOfForm(form, text())) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      order.append(field);
    }
    old.after(frame);
    document.body.append(order);
    let isOld = false;
    const done = () => {
      if (isOld) return;
      isOld = true;
      frame.classList.remove("coming");
      frame.name = "preview";
      frame.title = old.title;
      old.remove();
      order.remove();
      running = false;
      pane.removeAttribute("aria-busy");
      if (again) now();
    };
    frame.addEventListener("load", () => { if (order.dataset.sent) done(); });
    order.dataset.sent = "yes";
    order.submit();
    setTimeout(done, 8_000);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(now, PREVIEW_AFTER_MS);
  }

  return {
    now,
    soon,
    start() {
      if (!pane) return;
      for (const field of document.querySelectorAll("[data-repreviews]")) field.addEventListener("change", now);
      pane.querySelector("[data-refresh]")?.addEventListener("click", (event) => { event.preventDefault(); now(); });
      for (const button of pane.querySelectorAll("[data-width]")) {
        button.hidden = false;
        button.addEventListener("click", () => {
          pane.dataset.shown = button.dataset.width;
          for (const each of pane.querySelectorAll("[data-width]")) each.setAttribute("aria-pressed", String(each === button));
        });
      }
      now();
    },
  };
}

function fieldsOfForm(form, text) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return text === undefined ? fields : fields.map(([name, value]) => [name, name === "draft" ? text : value]);
}

async function send(form, address, fields) {
  try {
    const body = new URLSearchParams(fields);
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the page works without it
  }
}

/** Ask before what was typed is lost. */
function leaving(form, text, saved) {
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => {
    if (!isSent && text() !== saved.replaceAll("\r\n", "\n")) event.preventDefault();
  });
}

/** Tell that somebody is still here, and hear who else is. */
function presence(form) {
  const box = document.querySelector("[data-here]");
  if (!box) return;
  const token = [["csrf", form.elements.csrf.value]];
  const tell = async () => {
    const answer = await send(form, box.dataset.here, token);
    if (!answer) return;
    box.hidden = answer.others.length === 0 && !answer.changed;
    box.querySelector("p").textContent = answer.text;
  };
  setInterval(tell, HERE_EVERY_MS);
  addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.left, new URLSearchParams(token)));
}
