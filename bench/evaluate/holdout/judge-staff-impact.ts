/** Whether a staff action without an id in common with the failure is told as what it is. Undefined: none was planted. */
import type { Scored } from "../score";

export interface StaffVerdict {
  readonly right: boolean;
  readonly said: string;
}

export function judgeStaffImpact({ incident, answer }: Scored): StaffVerdict | undefined {
  const { staffAction, belongs } = incident.truth;
  if (staffAction === undefined) return undefined;
  const { staffImpact } = answer;
  if (staffImpact === undefined) {
    // To say nothing is right only where no id leads to the action: then the answer never held it.
    const found = [...staffAction].some((id) => belongs.get(id) === "member");
    return { right: !found, said: "nothing" };
  }
  const names = staffImpact.records.some((id) => staffAction.has(id));
  return { right: names && staffImpact.sentence.includes("same time only"), said: staffImpact.sentence };
}
