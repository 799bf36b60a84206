// The tutorial of docs/graphql.md, by the documents that graphql-codegen has made of it.
import { createHash } from "node:crypto";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import WebSocket from "ws";
import {
  AllAccountsDocument,
  CountDocument,
  FindAccountsDocument,
  FirstLookDocument,
  HowFarDocument,
  MakePlanDocument,
  MakeServiceDocument,
  RenameDocument,
  SignUpDocument,
  StartExportDocument,
  StartImportDocument,
  WatchDocument,
} from "./made/graphql";

const [url, token, call, applicationId] = process.argv.slice(2);

// As a client with automatic persisted documents does it: the hash, and once the text.
async function ask(document: any, variables: any = {}): Promise<any> {
  const query = document.toString();
  const documentId = `sha256:${createHash("sha256").update(query).digest("hex")}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = async (body: any) =>
    (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
  const byHash: any = await send({ documentId, variables });
  const isKnown = byHash.errors?.[0].extensions.code !== "PERSISTED_QUERY_NOT_FOUND";
  const answer: any = isKnown
    ? byHash
    : await send({ documentId, query, variables });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

const headers = { authorization: `Bearer ${token}` };
const events = createEvents({ url, headers, retryAttempts: 0 });
const socket = createSocket({
  url: url.replace("http", "ws"),
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: headers.authorization },
  retryAttempts: 0,
});

// A bulk operation to its end, and the lines that came of it.
async function finished(id: string): Promise<any> {
  for (;;) {
    const far = (await ask(HowFarDocument, { id })).node;
    if (far.url === null) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    const text = await (await fetch(new URL(far.url, url), { headers })).text();
    return { ...far, lines: text.trim().split("\n").map((line) => JSON.parse(line)) };
  }
}

async function inBulk(accountId: string): Promise<any> {
  const query = AllAccountsDocument.toString();
  const taken = (await ask(StartExportDocument, { input: { query } })).bulkExport.bulkOperation;
  const rename = { input: { id: accountId, orgName: "Quay master" } };
  const lines = `${JSON.stringify(rename)}\nno JSON`;
  const given = { mutation: RenameDocument.toString(), lines };
  const put = (await ask(StartImportDocument, { input: given })).bulkImport.bulkOperation;
  const [out, done] = [await finished(taken.id), await finished(put.id)];
  return {
    states: [out.state, done.state],
    exported: out.lines.some((each: any) => each.orgName === "Port") && out.lines.length === out.objectCount,
    errors: done.errorCount,
  };
}

// What both protocols tell of one change, and how a count goes up by a call.
async function live(applicationId: string, call: string, change: () => Promise<any>): Promise<any> {
  const watch = { query: WatchDocument.toString(), variables: { types: ["account.updated"] } };
  const streams = [events.iterate<any>(watch), socket.iterate<any>(watch)];
  const told = streams.map((each) => each.next());
  const count = { query: CountDocument.toString(), variables: { applicationId } };
  const counts = socket.iterate<any>(count);
  const first = (await counts.next()).value.data.liveUsage.value;
  await new Promise((resolve) => setTimeout(resolve, 300));
  await change();
  const called = await fetch(call);
  if (!called.ok) throw new Error(`${called.status} of ${call}`);
  const then = (await counts.next()).value.data.liveUsage.value;
  const [sse, ws] = (await Promise.all(told)).map((each) => each.value.data.happenings.type);
  await Promise.all([...streams, counts].map((each) => each.return!(undefined)));
  return { sse, ws, first, then };
}

async function main() {
  const look = await ask(FirstLookDocument);
  const service = (await ask(MakeServiceDocument, { input: { name: "Winds" } })).serviceCreate.service;
  const plan = { serviceId: service.id, name: "Air", published: true };
  const applicationPlanId = (await ask(MakePlanDocument, { input: plan })).applicationPlanCreate.plan.id;
  const who = { orgName: "Airfield", username: "flyer", email: "flyer@airfield.example" };
  const input = { ...who, applicationPlanId, idempotencyKey: "typescript-1" };
  const signups = [await ask(SignUpDocument, { input }), await ask(SignUpDocument, { input })];
  const found = (await ask(FindAccountsDocument, { search: "airfield" })).accounts.nodes;
  const change = { id: found[0].id, expectedVersion: found[0].objectVersion };
  let renamed: any;
  const heard = await live(applicationId, call, async () => {
    renamed = (await ask(RenameDocument, { input: { ...change, orgName: "Port" } })).accountUpdate;
  });
  const late = (await ask(RenameDocument, { input: { ...change, orgName: "Quay" } })).accountUpdate;
  const bulk = await inBulk(found[0].id);
  console.log(
    JSON.stringify({
      live: heard,
      bulk,
      provider: look.provider.name,
      same: JSON.stringify(signups[0]) === JSON.stringify(signups[1]),
      key: Boolean(signups[0].signupExpress.applications[0].userKey),
      found: found.map((each: any) => each.orgName),
      renamed: renamed.account.orgName,
      late: late.userErrors[0].code,
      current: late.userErrors[0].current === renamed.account.objectVersion,
    }),
  );
}

main().then(() => process.exit(0));
