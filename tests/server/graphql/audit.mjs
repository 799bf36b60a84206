/** Runs the server audits of graphql-http: `node audit.mjs URL AUTHORIZATION` prints one line a result. */
import { serverAudits } from "graphql-http";

const [url, authorization] = process.argv.slice(2);

function fetchFn(address, init = {}) {
  const headers = authorization ? { ...init.headers, authorization } : init.headers;
  return fetch(address, { ...init, headers });
}

const results = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status: result.status, reason: result.reason });
  if (result.response?.body && !result.response.bodyUsed) await result.response.body.cancel();
}
console.log(JSON.stringify(results));
