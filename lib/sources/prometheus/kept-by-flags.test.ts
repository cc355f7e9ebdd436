import { describe, expect, it } from "vitest";
import { keptByFlags } from "./kept-by-flags";

const DAY_MS = 86_400_000;
const flags = (time: string, size: string) => ({
  "storage.tsdb.retention.time": time,
  "storage.tsdb.retention.size": size,
});

describe("how long Prometheus keeps samples", () => {
  it("is the flag, as the recorded server gave it", () => {
    expect(keptByFlags(flags("60d", "0B"))).toBe(60 * DAY_MS);
  });

  it("is fifteen days where neither flag is set", () => {
    expect(keptByFlags(flags("0s", "0B"))).toBe(15 * DAY_MS);
    expect(keptByFlags({ "storage.tsdb.retention.time": "0s" })).toBe(15 * DAY_MS);
  });

  it("is not known where only the size is limited, or where other products answer", () => {
    expect(keptByFlags(flags("0s", "50GiB"))).toBeUndefined();
    expect(keptByFlags({ "query.timeout": "2m" })).toBeUndefined();
  });
});
