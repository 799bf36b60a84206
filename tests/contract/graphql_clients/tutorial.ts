// The tutorial of docs/graphql.md, by the documents that graphql-codegen has made of it.
import { createHash } from "node:crypto";
import {
  FindAccountsDocument,
  FirstLookDocument,
  MakePlanDocument,
  MakeServiceDocument,
  RenameDocument,
  SignUpDocument,
} from "./made/graphql";

const [url, token] = process.argv.slice(2);

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
  const renamed = (await ask(RenameDocument, { input: { ...change, orgName: "Port" } })).accountUpdate;
  const late = (await ask(RenameDocument, { input: { ...change, orgName: "Quay" } })).accountUpdate;
  console.log(
    JSON.stringify({
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

main();
