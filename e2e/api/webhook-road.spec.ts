/** The road of a webhook through the whole server: what other tests ask of the route alone, Next and its limits in front of it. */
import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { announceCall, sendCall, sendCutOff, type Sent } from "@/lib/alerts/testing/http-door";
import { demo } from "../support/demo";

const MEGABYTE = 1024 * 1024;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const bodyOf = (name: string) =>
  JSON.stringify({
    ...{ version: "4", receiver: "pager" },
    alerts: [
      {
        ...{
          status: "resolved",
          labels: { alertname: name, service: "shop" },
          annotations: {},
          fingerprint: "00000000000000e2",
        },
        ...{
          startsAt: new Date(Date.now() - 600_000).toISOString(),
          endsAt: new Date(Date.now() - 60_000).toISOString(),
        },
      },
    ],
  });

const Issued = z.looseObject({ secret: z.string(), hook: z.looseObject({ id: z.string(), version: z.number() }) });
const Listed = z.looseObject({
  hooks: z.array(z.looseObject({ path: z.string(), lastUsedAt: z.string().nullable() })),
});

async function asAdmin(method: string, path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${demo().tokens.admin}`, "content-type": "application/json" };
  const response = await fetch(`${demo().url}/api/v1/alert-hooks${path}`, {
    ...{ method, headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** `name` is new in every run, so that a demo may be used twice. */
async function aHook(kind: string, auth: string) {
  const name = `e2e-${Math.random().toString(36).slice(2, 10)}`;
  const made = Issued.parse(await asAdmin("POST", "", { kind, name, auth }));
  const path = `/api/v1/webhooks/${kind}/${name}`;
  const port = Number(new URL(demo().url).port);
  const send = async (sent: Sent) => (await sendCall(port, path, sent)).status;
  return { ...made, path, port, send };
}

test("what is right is stored, sent by POST or PUT, plain or packed", async () => {
  const { secret, send } = await aHook("grafana", "bearer");
  const name = `E2e${Math.random().toString(36).slice(2, 10)}`;
  const [headers, body] = [bearer(secret), bodyOf(name)];
  expect(await send({ method: "PUT", headers, body })).toBe(202);
  const packed = { ...headers, "content-encoding": "gzip" };
  expect(await send({ headers: packed, body: gzipSync(body) })).toBe(202);
  await expect
    .poll(async () => {
      const asked = { headers: bearer(demo().tokens.engineer) };
      return (await fetch(`${demo().url}/api/v1/alerts/episodes?q=${name}`, asked)).text();
    })
    .toContain(name);
});

test("what is too large is refused by what it announces, sends and unpacks to", async () => {
  const { secret, path, port, send } = await aHook("alertmanager", "bearer");
  const headers = bearer(secret);
  expect(await announceCall(port, path, headers, 5 * MEGABYTE + 1)).toBe(413);
  expect(await send({ headers, body: Array.from({ length: 6 }, () => Buffer.alloc(MEGABYTE, "x")) })).toBe(413);
  const bomb = gzipSync(Buffer.alloc(60 * MEGABYTE));
  expect(await send({ headers: { ...headers, "content-encoding": "gzip" }, body: bomb })).toBe(413);
  expect(await send({ headers, body: `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}` })).toBe(202);
  expect((await fetch(`${demo().url}/api/readyz`)).status).toBe(200);
});

test("who cannot prove themselves is refused, always in the same way", async () => {
  const { secret, send } = await aHook("alertmanager", "bearer");
  const signed = await aHook("grafana", "hmac");
  const body = bodyOf("Forged");
  for (let round = 0; round < 80; round += 1) expect(await send({ headers: bearer("guessed"), body })).toBe(401);
  expect(await send({ body })).toBe(401);
  expect(await signed.send({ headers: bearer(signed.secret), body })).toBe(401);
  const signature = (text: string) => ({
    "x-grafana-alerting-signature": createHmac("sha256", signed.secret).update(text).digest("hex"),
  });
  expect(await signed.send({ headers: signature(`${body} `), body })).toBe(401);
  expect(await signed.send({ method: "PUT", headers: signature(body), body })).toBe(202);
  expect(await send({ headers: bearer(secret), body })).toBe(202);
});

test("a body that breaks off is not kept", async () => {
  const { secret, path, port } = await aHook("alertmanager", "bearer");
  const answer = await sendCutOff(port, path, bearer(secret), bodyOf("Cut"));
  expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
  const { hooks } = Listed.parse(await asAdmin("GET", ""));
  expect(hooks.find((hook) => hook.path === path)).toMatchObject({ lastUsedAt: null });
});

test("the old secret works beside the new one until it is dropped", async () => {
  const { secret, hook, send } = await aHook("alertmanager", "bearer");
  const rotate = async (version: number, overlapHours: number) =>
    Issued.parse(await asAdmin("POST", `/${hook.id}/rotate`, { version, overlapHours })).secret;
  const body = bodyOf("Rotated");
  const second = await rotate(1, 1);
  expect(await send({ headers: bearer(secret), body })).toBe(202);
  expect(await send({ headers: bearer(second), body })).toBe(202);
  const third = await rotate(2, 0);
  expect(await send({ headers: bearer(second), body })).toBe(401);
  expect(await send({ headers: bearer(secret), body })).toBe(401);
  expect(await send({ headers: bearer(third), body })).toBe(202);
});
