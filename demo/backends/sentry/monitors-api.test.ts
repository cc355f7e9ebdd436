import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSentryBackend } from "./sentry-backend";

const NOW_MS = Date.parse("2026-11-24T12:00:00.000Z");

describe("cron monitors of the Sentry demo backend", () => {
  const backend = createSentryBackend({ org: "acme", projects: ["shop", "billing"], now: () => NOW_MS });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
  });
  afterAll(() => backend.close());

  async function ask(path: string, query: [string, string][]) {
    const url = `${base}/api/0/${path}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(url, { headers: { authorization: "Bearer any" } });
    const body: unknown = await response.json();
    return { status: response.status, body };
  }

  it("are listed by what their check-ins say by now", async () => {
    const at = (minutes: number) => new Date(NOW_MS + minutes * 60_000).toISOString();
    const checkIn = (minutes: number, status: "ok" | "missed") => ({
      ...{ atIso: at(minutes), status, expectedIso: at(minutes - 5) },
    });
    const monitor = { environment: "prod", schedule: "0 * * * *", marginMinutes: 5 };
    const checkIns = [checkIn(-90, "ok"), checkIn(-60, "missed"), checkIn(-30, "missed"), checkIn(30, "ok")];
    backend.setMonitors([
      { ...monitor, id: "m1", slug: "pay", name: "Pay out", project: "shop", checkIns },
      { ...monitor, id: "m2", slug: "bill", name: "Bill", project: "billing", checkIns: [checkIn(-30, "ok")] },
    ]);
    expect((await ask("organizations/acme/monitors/", [["project", "-1"]])).body).toMatchObject([
      { id: "m2", environments: [{ status: "ok", activeIncident: null }] },
      {
        ...{ id: "m1", slug: "pay", status: "active", project: { slug: "shop" } },
        environments: [{ status: "error", lastCheckIn: at(-90), activeIncident: { startingTimestamp: at(-60) } }],
      },
    ]);
    const path = "projects/acme/shop/monitors/m1/checkins/";
    const range: [string, string][] = [
      ["start", at(-60)],
      ["end", at(60)],
    ];
    expect((await ask(path, [["environment", "prod"], ...range])).body).toMatchObject([
      { status: "missed", dateCreated: at(-30), expectedTime: at(-35) },
      { status: "missed", dateCreated: at(-60) },
    ]);
    expect((await ask(path, [["environment", "other"], ...range])).body).toEqual([]);
    expect(await ask("projects/acme/billing/monitors/m1/checkins/", range)).toMatchObject({ status: 404 });
  });
});
