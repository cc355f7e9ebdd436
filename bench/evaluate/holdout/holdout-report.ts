/** The printed side of the hold-out: figures without targets, and what is not as planted. */
import { HOLDOUT_SHAPES } from "../planted-incident";
import { alignedTable, failures, scoreRows } from "../report";
import type { Scored } from "../score";
import { judgeStaffImpact } from "./judge-staff-impact";

export const HOLDOUT_TITLE = "Hold-out, not used to improve anything";

export function holdoutReport(all: readonly Scored[]): string {
  const judged = all.flatMap((one) => {
    const verdict = judgeStaffImpact(one);
    return verdict === undefined ? [] : [{ name: one.incident.name, ...verdict }];
  });
  const wrong = judged.filter(({ right }) => !right).map(({ name, said }) => `${name}: staff impact says "${said}"`);
  const right = judged.length - wrong.length;
  return [
    `${HOLDOUT_TITLE}\n`,
    alignedTable(scoreRows(all, HOLDOUT_SHAPES)),
    `staff action tied by time only, as it should: ${right} of ${judged.length}`,
    ...[...failures(all), ...wrong],
    "",
  ].join("\n");
}
