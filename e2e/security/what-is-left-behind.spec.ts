/**
 * What sources say when they fail, and what the app leaves behind of itself: its log, its traces, its data. The last of
 * these tests by name, because sources that failed are spared for a while.
 */
import { expect } from "@playwright/test";
import { ask } from "./support/ask";
import { canariesIn } from "./support/canaries";
import { SERVER, test, type Estate } from "./support/estate";
import { undone } from "./support/spellings";

test.describe.configure({ timeout: 180_000 });

/** Labels, annotations and links of the alerts that `support/canaries.ts` plants. */
const OF_ALERTS = /^zq(?:text|infra)120\d$/;

test("an upstream's error text, header and status line reach nobody, and the gap is told", async ({ estate }) => {
  estate.breakSources(true);
  const answers = [];
  for (const role of ["support", "engineer", "admin"]) {
    answers.push(await ask(estate, role, "/api/v1/timeline?{question}"));
  }
  estate.breakSources(false);
  for (const { text } of answers) {
    const { gaps } = JSON.parse(text) as { gaps: { source?: string; reason: string }[] };
    expect(gaps.filter(({ source }) => source === "loki" || source === "tempo").length).toBeGreaterThan(0);
    expect(text).not.toContain("zqnever");
  }
});

test("the app's own log, traces and data hold no secret and no personal value, and not what was read", async ({
  estate,
}) => {
  await leavesNothing(estate);
});

test.describe("on a PostgreSQL server", () => {
  test.skip(SERVER === undefined, "TEST_DATABASE_URL names no server");

  test("the same, in every row of every table", async ({ serverEstate }) => {
    await leavesNothing(serverEstate);
    expect((await serverEstate.stored()).filter((text) => text.startsWith("public.")).length).toBeGreaterThan(20);
  });
});

async function leavesNothing(estate: Estate): Promise<void> {
  expect((await ask(estate, "engineer", "/api/v1/timeline?{question}")).text).toContain("zqtext");
  // An answer that fails at the last moment and one that is refused leave their traces too.
  await ask(estate, "engineer", "/api/v1/timeline?key=nonsense:zqsecret1701");
  await ask(estate, "engineer", "/api/v1/timeline?key=account:zqpersonal1702");
  await expect.poll(() => estate.traces().length, { timeout: 30_000 }).toBeGreaterThan(0);
  const log = estate.log();
  expect(log).toContain('"name":"throughline"');
  expect([...canariesIn(undone(log))]).toEqual([]);
  expect([...canariesIn(estate.traces())]).toEqual([]);
  const told = async () => new Set((await estate.stored()).flatMap((text) => [...canariesIn(text)]));
  // The record of who looked at what is there; of what was seen there is nothing but what alert managers told: the history.
  expect((await estate.stored()).some((text) => text.includes("timeline.view"))).toBe(true);
  await expect
    .poll(async () => [...(await told())].some((canary) => OF_ALERTS.test(canary)), { timeout: 60_000 })
    .toBe(true);
  expect([...(await told())].filter((canary) => !OF_ALERTS.test(canary))).toEqual([]);
}
