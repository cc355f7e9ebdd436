/** Wishes for standing access: `/admin/requests`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RequestsPage } from "@/components/admin/requests-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Access requests" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/requests")}`);
  return <RequestsPage role={principal.role} mayAnswer={await mayDo(principal, "administer")} />;
}
