/** A receiver that is killed twenty times loses nothing that it acknowledged and counts nothing twice. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { minute } from "./testing/a-sighting";
import { plantCalls } from "./testing/planted-calls";

const CALLS = 1_000;
const KILLS = 20;
const root = process.cwd();
const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-kill-"));
const script = path.join(root, `node_modules/.cache/throughline/take-deliveries-${String(process.pid)}.mjs`);

beforeAll(async () => {
  const bundle = await rolldown({
    input: path.join(root, "lib/alerts/testing/take-deliveries.ts"),
    cwd: root,
    platform: "node",
    external: (id) => !id.startsWith(".") && !id.startsWith("@/") && !path.isAbsolute(id) && id !== "server-only",
    resolve: { alias: { "@": root, "server-only": path.join(root, "scripts/support/empty-module.mjs") } },
  });
  await bundle.write({ file: script, format: "esm", codeSplitting: false });
  await bundle.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(script, { force: true });
});

/** Seeded, so that a failure can be met again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** From `first` on, until it said `acks` times that a call is stored; then it is killed. Resolves with the next call to send. */
function receive(args: readonly string[], first: number, acks: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args, String(first)], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: root,
    });
    let text = "";
    let seen = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      seen = text.split("\n").length - 1;
      if (seen >= acks) child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", () => resolve(first + seen));
  });
}

// Only a server outlives the process that is killed: the embedded database dies with it, and says that it does not sync.
const servers = testDatabases().filter(({ name }) => name !== "embedded");

describe.skipIf(servers.length === 0)("a receiver that is killed", () => {
  it("keeps what it acknowledged, once, whatever the order", { timeout: 180_000 }, async () => {
    const [server] = servers;
    if (!server) throw new Error("skipped without a server");
    const fresh = await server.create();
    try {
      const random = seeded(7);
      const { fires, calls } = plantCalls(CALLS, random);
      expect(calls).toHaveLength(CALLS);
      const file = path.join(folder, "calls.ndjson");
      writeFileSync(file, calls.map((call) => JSON.stringify(call)).join("\n"));
      const args = [fresh.settings.databaseUrl ?? "", folder, file];
      let next = 0;
      for (let kill = 0; kill < KILLS; kill += 1)
        next = await receive(args, next, 1 + Math.floor(random() * (CALLS / KILLS)));
      await receive(args, next, Infinity);

      const store = await openStore(fresh.settings);
      const tables = await openTables(fresh.settings);
      expect(await store.deliveries.waiting()).toBe(0);
      expect(await tables.delivery.count()).toBe(new Set(calls.map(({ source, body }) => source + body)).size);
      const kept = await tables.fire.findMany({ orderBy: [{ name: "asc" }, { startsAt: "asc" }] });
      const planted = [...fires].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.start - b.start));
      expect(kept.map(({ name, startsAt, endsAt, endReason }) => [name, startsAt, endsAt, endReason])).toEqual(
        planted.map(({ name, start, end }) => [
          name,
          minute(start),
          end === null ? null : minute(end),
          end === null ? "open" : "resolved",
        ]),
      );
      await tables.$disconnect();
      await store.close();
    } finally {
      await fresh.remove();
    }
  });
});
