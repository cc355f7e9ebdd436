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
  const share = (reachable: boolean) => {
    const those = judged.filter((one) => one.reachable === reachable);
    return `${those.filter(({ right }) => right).length} of ${those.length}`;
  };
  return [
    `${HOLDOUT_TITLE}\n`,
    alignedTable(scoreRows(all, HOLDOUT_SHAPES)),
    `staff action in reach of the question, told as "same time only": ${share(true)}; out of reach, no id path claimed: ${share(false)}`,
    ...[...failures(all), ...wrong],
    "",
  ].join("\n");
}
