/**
 * What sources say when they fail, and what the app leaves behind of itself: its log, its traces, its data. The last of
 * these tests by name, because sources that failed are spared for a while.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { ask } from "./support/ask";
import { canariesIn } from "./support/canaries";
import { test, type Estate } from "./support/estate";
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
  expect((await ask(estate, "engineer", "/api/v1/timeline?{question}")).text).toContain("zqtext");
  // An answer that fails at the last moment and one that is refused leave their traces too.
  await ask(estate, "engineer", "/api/v1/timeline?key=nonsense:zqsecret1701");
  await ask(estate, "engineer", "/api/v1/timeline?key=account:zqpersonal1702");
  await expect.poll(() => estate.traces().length, { timeout: 30_000 }).toBeGreaterThan(0);
  const log = estate.log();
  expect(log).toContain('"name":"throughline"');
  expect([...canariesIn(undone(log))]).toEqual([]);
  expect([...canariesIn(estate.traces())]).toEqual([]);
  const data = files(estate);
  expect(data.length).toBeGreaterThan(10);
  // The record of who looked at what is there; of what was seen there is nothing but what alert managers told: the history.
  expect(data.some((bytes) => bytes.includes("timeline.view"))).toBe(true);
  const left = new Set(data.flatMap((bytes) => [...canariesIn(bytes)]));
  expect([...left].filter((canary) => !OF_ALERTS.test(canary))).toEqual([]);
});

/** Tables, indexes and the write-ahead log, as bytes: more than any dump of them holds. */
function files({ dataDir }: Estate): string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(yaml|log)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
}
