/** Who may sign as an owner: whoever is in a team that owns a rule of the month. Pure. */
import type { Principal } from "@/lib/domain/principal";
import type { MeasuredMonth } from "./measured-month";

export function ownsRules({ teams }: Principal, { report }: Pick<MeasuredMonth, "report">): boolean {
  const own = new Set(teams.map((team) => team.toLowerCase()));
  return report.rules.some(({ owner }) => owner !== "" && own.has(owner.toLowerCase()));
}
