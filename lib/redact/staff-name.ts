/** Who did something, by name for those who read staff. */
import type { ClassTable } from "./class-table";

export function staffName(name: string, table: ClassTable): string {
  return table.treat("staff") === "show" ? name : "a colleague";
}
