/**
 * The GraphiQL page: reads its endpoint, headers and first query from `#graphiql`, loads everything from its own folder.
 *
 * <div id="graphiql" data-endpoint="/admin/api/graphql" data-headers='{"x-token": "…"}'></div>
 */
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { getOperationAST, parse } from "graphql";
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
const url = new URL(root.dataset.endpoint ?? location.pathname, location.origin).href;
const headers = JSON.parse(root.dataset.headers ?? "{}");
const ask = createGraphiQLFetcher({ url, headers });

/** Run a subscription over server-sent events, until it is stopped. */
function listen(params, options) {
  const stopping = new AbortController();
  const stream = events(params, options, stopping.signal);
  const end = stream.return.bind(stream);
  stream.return = (value) => {
    stopping.abort();
    return end(value);
  };
  return stream;
}

async function* events(params, options, signal) {
  const sent = { accept: "text/event-stream", "content-type": "application/json" };
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...headers, ...options?.headers, ...sent },
    body: JSON.stringify(params),
    signal,
  });
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    yield await answer.json();
    return;
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const told = (text + part.value).split("\n\n");
      text = told.pop();
      for (const each of told) {
        const data = each.match(/^data: (.+)$/m)?.[1];
        if (data) yield JSON.parse(data);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Tell whether what is asked is a subscription: the one that is named, or the only one. */
function isLive(params) {
  let document;
  try {
    document = parse(params.query); // the editor's own tree may be of what stood there before
  } catch {
    return false;
  }
  return getOperationAST(document, params.operationName)?.operation === "subscription";
}

const fetcher = (params, options) => (isLive(params) ? listen : ask)(params, options);
createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: root.dataset.query }));
