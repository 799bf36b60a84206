/**
 * The GraphiQL page: reads its endpoint, headers and first query from `#graphiql`, loads everything from its own folder.
 *
 * <div id="graphiql" data-endpoint="/admin/api/graphql" data-headers='{"x-token": "…"}'></div>
 */
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const script = new URL(document.currentScript.src);
const workers = { json: "json.worker.js", graphql: "graphql.worker.js" };

globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const address = new URL(workers[label] ?? "editor.worker.js", script);
    address.search = script.search; // the version of all files of the folder
    return new Worker(address);
  },
};

const root = document.getElementById("graphiql");
const fetcher = createGraphiQLFetcher({
  url: new URL(root.dataset.endpoint ?? location.pathname, location.origin).href,
  headers: JSON.parse(root.dataset.headers ?? "{}"),
});
createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: root.dataset.query }));
