/** Whether a staff action without an id in common with the failure is told as what it is. Undefined: none was planted. */
import type { Scored } from "../score";

export interface StaffVerdict {
  readonly right: boolean;
  /** An id leads from the question to the action: only then is there something to say. */
  readonly reachable: boolean;
  readonly said: string;
}

export function judgeStaffImpact({ incident, answer }: Scored): StaffVerdict | undefined {
  const { staffAction, belongs } = incident.truth;
  if (staffAction === undefined) return undefined;
  const reachable = [...staffAction].some((id) => belongs.get(id) === "member");
  const { staffImpact } = answer;
  if (staffImpact === undefined) return { right: !reachable, reachable, said: "nothing" };
  const names = staffImpact.records.some((id) => staffAction.has(id));
  const { sentence } = staffImpact;
  return { right: names && sentence.includes("same time only"), reachable, said: sentence };
}
