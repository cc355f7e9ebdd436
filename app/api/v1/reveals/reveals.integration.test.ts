import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RevealCreated, RevealList } from "@/lib/contract/reveal";
import { openSession } from "@/lib/identity/open-session";
import { authSecret } from "@/lib/identity/session-cookie";
import type { SessionToken } from "@/lib/identity/session-token";
import { aPerson } from "@/lib/identity/testing/a-person";
import { closeStore, store } from "@/lib/store/open-store";
import { POST as postLink } from "../share-links/route";
import { POST as exportTimeline } from "../timeline/export/route";
import { GET as listTokens } from "../tokens/route";
import { GET as listReveals, POST as askReveal } from "./route";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-reveals-"));
const KEYS = ["order:48192"];

beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Somebody in a browser, who proved who they are when the session began. */
async function signedIn(at = new Date(), role: "engineer" | "manager" | "support" = "engineer"): Promise<SessionToken> {
  const { user } = await aPerson(role);
  const opening = { user, via: "oidc" as const, provenAt: at, device: "Firefox on Linux", former: null };
  return openSession(opening, await store(), at);
}

async function requestOf(session: SessionToken, address: string, body?: object): Promise<Request> {
  const cookie = await encode({ token: { ...session }, secret: authSecret() });
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
  return new Request(`http://localhost${address}`, {
    headers: { ...headers, cookie: `throughline.session=${cookie}` },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
}

const lastSeen = async ({ sessionId }: SessionToken) =>
  (await (await store()).sessions.findWithUser(sessionId))?.session.lastSeenAt;

describe("the list of reveals", () => {
  it("is asked again and again by a page left open, which keeps no session from ending", async () => {
    const began = new Date(Date.now() - 5 * 60_000);
    const session = await signedIn(began);
    expect((await listReveals(await requestOf(session, "/api/v1/reveals"), {})).status).toBe(200);
    expect(await lastSeen(session)).toEqual(began);
    expect((await listTokens(await requestOf(session, "/api/v1/tokens"), {})).status).toBe(200);
    expect(await lastSeen(session)).not.toEqual(began);
  });
});

describe("while a class is revealed", () => {
  it("neither a file nor a link is made of the incident; before it, and of another one, both are", async () => {
    const session = await signedIn();
    const make = async (keys: readonly string[]) => [
      (await exportTimeline(await requestOf(session, "/api/v1/timeline/export", { keys, format: "csv" }), {})).status,
      (await postLink(await requestOf(session, "/api/v1/share-links", { keys }), {})).status,
    ];
    expect(await make(KEYS)).toEqual([200, 201]);
    const reason = "The customer asks which address we hold.";
    const wish = { keys: KEYS, fieldClass: "personal", reason, ticket: "T-1", minutes: 10 };
    expect((await askReveal(await requestOf(session, "/api/v1/reveals", wish), {})).status).toBe(201);
    expect(await make(KEYS)).toEqual([403, 403]);
    expect(await make(["order:48193"])).toEqual([200, 201]);
  });
});

describe("a second person", () => {
  it("is told which incident they are asked about, as their role reads its ids", async () => {
    const [asks, seconds] = [await signedIn(), await signedIn(new Date(), "manager")];
    const keys = [...KEYS, "account:8829"];
    const reason = "The stack names a mail address.";
    const wish = { keys, fieldClass: "text", reason, ticket: "T-2", minutes: 10 };
    const made = await askReveal(await requestOf(asks, "/api/v1/reveals", wish), {});
    const { id } = RevealCreated.parse(await made.json());
    const incidentFor = async (who: SessionToken) => {
      const answer = await listReveals(await requestOf(who, "/api/v1/reveals"), {});
      return RevealList.parse(await answer.json()).reveals.find((one) => one.id === id)?.incident;
    };
    const seen = await incidentFor(seconds);
    expect(seen?.keys[0]).toBe("order:48192");
    expect(seen?.keys[1]).toMatch(/^account:account·/);
    expect((await incidentFor(asks))?.keys).toEqual(keys);
    // What the list names can be asked by: the stand-in leads to the same incident.
    const question = new URLSearchParams(seen?.references?.map((key) => ["key", key]));
    const same = await listReveals(await requestOf(seconds, `/api/v1/reveals?${question.toString()}`), {});
    expect(RevealList.parse(await same.json()).reveals.map((one) => one.id)).toEqual([id]);
    expect(await incidentFor(await signedIn(new Date(), "support"))).toBeUndefined();
  });
});
