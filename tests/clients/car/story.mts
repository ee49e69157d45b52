// The story of a car, by openapi-fetch with the types that openapi-typescript generates: node story.mjs URL.
// Prints the car's id.

import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Event = components["schemas"]["CarEvent"];

declare const process: { argv: string[] };
const url = process.argv[2];
const client = createClient<paths>({ baseUrl: url, headers: { Authorization: "Bearer any" } });
const wait = { Prefer: "wait=20" };
const patience = 30_000;
const body: components["schemas"]["CarBody"] = {
  year: 2009,
  make: "BMW",
  model: "M3",
  vin: "2G4GM5ER4E9225618",
  color: "black",
  mileage: 14_320,
  owner: crypto.randomUUID(),
  condition: "good",
};

async function createAndPoll(): Promise<string> {
  const { data: accepted, response } = await client.POST("/cars", { body });
  equal(response.status, 202);
  if (!accepted || !("commandId" in accepted)) throw new Error("not accepted");
  const path = { carId: accepted.carId, commandId: accepted.commandId };
  const outcome = await eventually(async () => {
    const { data } = await client.GET("/cars/{carId}/commands/{commandId}", { params: { path } });
    return data?.status === "pending" ? undefined : data;
  });
  if (outcome.status !== "succeeded") throw new Error(outcome.status);
  equal(outcome.version, 1);
  return accepted.carId;
}

async function readAndReplace(carId: string): Promise<void> {
  const found = await client.GET("/cars/{carId}", { params: { path: { carId } } });
  if (!found.data) throw new Error(problem(found.error).title);
  const etag = found.response.headers.get("ETag") ?? "";
  const replacement = { params: { path: { carId }, header: { "If-Match": etag, ...wait } } };
  const red = { ...found.data, color: "red" as const };
  const replaced = await client.PUT("/cars/{carId}", { ...replacement, body: red });
  if (!replaced.data || !("color" in replaced.data)) throw new Error("not replaced");
  equal([replaced.data.color, etag, replaced.response.headers.get("ETag")], ["red", '"1"', '"2"']);
  const stale = await client.PUT("/cars/{carId}", { ...replacement, body: red });
  equal([stale.response.status, problem(stale.error).type], [412, "urn:cars:problem:version-conflict"]);
}

async function changeAndBeRefused(carId: string): Promise<void> {
  const params = { path: { carId }, header: wait };
  const patched = await client.PATCH("/cars/{carId}", { params, body: { mileage: 15_000 } });
  if (!patched.data || !("mileage" in patched.data)) throw new Error("not changed");
  equal(patched.data.mileage, 15_000);
  const refused = await client.PATCH("/cars/{carId}", { params, body: { mileage: 14_000 } });
  equal(refused.response.status, 409);
  const faults = problem(refused.error).errors ?? [];
  equal(faults.map((fault) => [fault.code, fault.pointer]), [["mileage-not-greater", "/mileage"]]);
}

async function readLists(ids: string[]): Promise<void> {
  const page = async (cursor?: string) => {
    const query = { owner: body.owner, limit: 2, cursor };
    const { data } = await client.GET("/cars", { params: { query } });
    if (!data) throw new Error("no list");
    return data;
  };
  const first = await eventually(async () => {
    const found = await page();
    return found.next === undefined ? undefined : found;
  });
  const last = await page(new URL(first.next ?? "", `${url}/cars`).searchParams.get("cursor") ?? "");
  equal([...first.cars, ...last.cars].map((car) => car.carId).sort(), [...ids].sort());
  equal(last.next, undefined);
}

async function remove(carId: string): Promise<void> {
  const removed = await client.DELETE("/cars/{carId}", { params: { path: { carId }, header: wait } });
  equal(removed.response.status, 204);
  const gone = await client.GET("/cars/{carId}", { params: { path: { carId } } });
  equal([gone.response.status, problem(gone.error).type], [410, "urn:cars:problem:car-deleted"]);
}

async function readEvents(carId: string): Promise<void> {
  const page = async (query: { after?: number; limit?: number }) => {
    const { data } = await client.GET("/cars/{carId}/events", { params: { path: { carId }, query } });
    if (!data || !("events" in data)) throw new Error("no page of events");
    return data.events;
  };
  const first = await page({ limit: 2 });
  const rest = await page({ after: first.at(-1)?.version });
  equal([...first, ...rest].map(value), [body.mileage, "red", 15_000, "Deleted"]);
}

/** Return the value that an event is about: its `type` selects the type of its `data`. */
function value(event: Event): string | number {
  switch (event.type) {
    case "Created":
    case "MileageChanged":
      return event.data.mileage;
    case "ColorChanged":
      return event.data.color;
    default:
      return event.type;
  }
}

function problem(error?: components["schemas"]["Problem"] | components["schemas"]["GatewayError"]) {
  if (!error || !("type" in error)) throw new Error("no problem document");
  return error;
}

function equal(found: unknown, expected: unknown): void {
  const [left, right] = [found, expected].map((each) => JSON.stringify(each));
  if (left !== right) throw new Error(`${left} instead of ${right}`);
}

async function eventually<T>(condition: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await condition();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("the condition did not come to hold");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const others: string[] = [];
for (let count = 0; count < 2; count++) {
  const { data } = await client.POST("/cars", { body, params: { header: wait } });
  if (data) others.push(data.carId);
}
const car = await createAndPoll();
await readAndReplace(car);
await changeAndBeRefused(car);
await readLists([car, ...others]);
await remove(car);
await readEvents(car);
console.log(car);
