/** Builds browser files from the packages of package.json into the folders that are served. */
import { build } from "esbuild";
import { rm } from "node:fs/promises";
import { buildSwaggerUi } from "./swagger_ui.mjs";

const GRAPHIQL = "server/graphql/static/graphiql";
const CHARTS = "themes/default/assets/javascripts/built";
const EDITOR = "server/admin/static/editor";

/** One script, its style sheet and three workers; fonts go into the style sheet, so nothing else is fetched. */
async function buildGraphiql() {
  await build({
    entryPoints: {
      graphiql: "tools/graphiql.js",
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    outdir: GRAPHIQL,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    loader: { ".ttf": "dataurl" },
    legalComments: "linked",
    logLevel: "warning",
  });
}

/** The charts of the developer portal, one script; it brings its few rules along. */
async function buildCharts() {
  await build({
    entryPoints: { charts: "tools/charts.js" },
    outdir: CHARTS,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    loader: { ".css": "text" },
    legalComments: "eof",
    logLevel: "warning",
  });
}

/** The editor of templates, one script without a style sheet: it styles itself. */
async function buildEditor() {
  await build({
    entryPoints: { editor: "tools/editor.js" },
    outdir: EDITOR,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
  });
}

for (const folder of [GRAPHIQL, CHARTS, EDITOR]) {
  await rm(folder, { recursive: true, force: true });
}
await buildGraphiql();
await buildCharts();
await buildEditor();
await buildSwaggerUi();
