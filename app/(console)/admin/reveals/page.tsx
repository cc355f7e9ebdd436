/** Break-glass of others: `/admin/reveals`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RevealsPage } from "@/components/admin/reveals-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Reveals" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/reveals")}`);
  return <RevealsPage role={principal.role} mayEnd={await mayDo(principal, "administer")} />;
}
