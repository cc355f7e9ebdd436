/** Asks to act in another of one's own roles. */
import type { Role } from "@/lib/domain/role";

/** False when the server refused or could not be reached: the active role is then what it was. */
export async function switchSessionRole(role: Role): Promise<boolean> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/api/v1/session/role", { method: "POST", headers, body: JSON.stringify({ role }) });
    return response.ok;
  } catch {
    return false;
  }
}
