import { expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { shareEvidence } from "./share-evidence";
import { anInstallation } from "./testing/an-installation";

const window = { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) };
const budget = { deadlineAtMs: 1, maxRows: 1, maxBytes: 1 };
const byKey = (value: string) => ({ kind: "by-key" as const, key: { kind: "order", value }, window });

it("asks a source once for the same, and again for something else", async () => {
  const asked: string[] = [];
  const deps = shareEvidence(
    anInstallation(
      {
        "loki/main": (request) => {
          asked.push(JSON.stringify(request));
          return {};
        },
      },
      () => 1,
    ),
  );
  const source = deps.sources.get("loki/main");
  const { signal } = new AbortController();
  const [first, again] = await Promise.all([
    source?.fetch(byKey("1"), budget, signal),
    source?.fetch(byKey("1"), budget, signal),
  ]);
  expect(again).toBe(first);
  await source?.fetch(byKey("2"), budget, signal);
  expect(asked).toHaveLength(2);
});
