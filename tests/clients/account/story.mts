// An account is opened, by openapi-fetch with the types that openapi-typescript generates: node story.mjs URL.
// Prints its id.

import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };
const client = createClient<paths>({ baseUrl: process.argv[2], headers: { Authorization: "Bearer any" } });
const body: components["schemas"]["AccountBody"] = {
  owner: crypto.randomUUID(),
  currency: "EUR",
  limit: 50_000,
  nickname: "Holidays",
};

const opened = await client.POST("/accounts", { body, params: { header: { Prefer: "wait=20" } } });
if (!opened.data || !("owner" in opened.data)) throw new Error(`not opened: ${JSON.stringify(opened.error)}`);
const { accountId, owner, nickname } = opened.data;
if (owner !== body.owner || nickname !== body.nickname) throw new Error(`another account: ${owner}, ${nickname}`);

const { data: page } = await client.GET("/accounts/{accountId}/events", { params: { path: { accountId } } });
if (!page || !("events" in page)) throw new Error("no page of events");
const [event] = page.events;
if (event.type !== "Opened") throw new Error("not opened");
if (event.data.limit !== body.limit) throw new Error(`another limit: ${event.data.limit}`);
console.log(accountId);
