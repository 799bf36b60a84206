/** Builds what browsers load from the packages of package.json into folders that the server serves. */
import { build } from "esbuild";
import { rm } from "node:fs/promises";

const GRAPHIQL = "server/graphql/static/graphiql";
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

await rm(GRAPHIQL, { recursive: true, force: true });
await rm(EDITOR, { recursive: true, force: true });
await buildGraphiql();
await buildEditor();
