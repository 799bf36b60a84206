/** Builds the browser files from the packages of package.json into the folders that the server serves. */
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";

const VENDOR = "server/admin/static/vendor";
const GRAPHIQL = "server/graphql/static/graphiql";

const COPIES = {
  [`${VENDOR}/htmx.min.js`]: "node_modules/htmx.org/dist/htmx.min.js",
  [`${VENDOR}/uPlot.iife.min.js`]: "node_modules/uplot/dist/uPlot.iife.min.js",
  [`${VENDOR}/uPlot.min.css`]: "node_modules/uplot/dist/uPlot.min.css",
};

async function copyVendor() {
  for (const [target, source] of Object.entries(COPIES)) {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
  }
}

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

await rm(VENDOR, { recursive: true, force: true });
await rm(GRAPHIQL, { recursive: true, force: true });
await copyVendor();
await buildGraphiql();
