/** Who did and saw what. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuditPage } from "@/components/admin/audit-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Audit" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect("/sign-in?next=/admin/audit");
  return <AuditPage role={principal.role} mayRead={await mayDo(principal, "read-audit")} />;
}
