import { describe, expect, it } from "vitest";
import { minute } from "../testing/a-sighting";
import { failureAt, firstFailureMs, recoveryMs } from "./read-check-ins";

/** One check-in each minute from noon on, as Sentry lists them. */
function checkIns(...statuses: readonly string[]) {
  return statuses.map((status, at) => ({ status, dateCreated: minute(at).toISOString() })).reverse();
}
const now = minute(60);
const ms = (at: number) => minute(at).getTime();

describe("check-ins of a cron monitor", () => {
  it("end an incident with as many good runs in a row as the monitor asks for", () => {
    const runs = checkIns("error", "ok", "in_progress", "missed", "ok", "ok");
    expect(recoveryMs(runs, ms(0), 1, now)).toBe(ms(1));
    expect(recoveryMs(runs, ms(0), 2, now)).toBe(ms(5));
    expect(recoveryMs(runs, ms(0), 3, now)).toBeUndefined();
    // A good run from before is none that ended it.
    expect(recoveryMs(checkIns("ok", "error"), ms(1), 1, now)).toBeUndefined();
  });

  it("say why it began, by the run that began it", () => {
    const runs = checkIns("ok", "in_progress", "timeout", "error");
    expect(failureAt(runs, ms(2), now)).toMatchObject({ failure: "timeout" });
    expect(failureAt(runs, ms(4), now)).toBeUndefined();
  });

  it("say since when runs fail, and that they do not", () => {
    expect(firstFailureMs(checkIns("error", "ok", "missed", "unknown", "error", "in_progress"), now)).toBe(ms(2));
    expect(firstFailureMs(checkIns("missed", "missed"), now)).toBe(ms(0));
    expect(firstFailureMs(checkIns("error", "ok"), now)).toBeUndefined();
  });
});
