/** Who sees what: `/admin/policy`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PolicyPage } from "@/components/admin/policy-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Policy" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/policy")}`);
  return <PolicyPage role={principal.role} />;
}
