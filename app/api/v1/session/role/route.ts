/** Makes another of the caller's own roles the active one. Roles never add up; the change is audited. */
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { RoleChoice } from "@/lib/contract/role-choice";
import { requirePrincipal } from "@/lib/identity/require-principal";
import { switchRole } from "@/lib/identity/switch-role";

export const dynamic = "force-dynamic";

export const POST = catchProblems("session.switch-role", async (request) => {
  const principal = await requirePrincipal(request);
  const { role } = await readJson(request, RoleChoice);
  await switchRole(principal, role);
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
});
