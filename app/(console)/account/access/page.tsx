/** What one may see and how to ask for more: `/account/access`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccessPage } from "@/components/account/access-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Access" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/account/access")}`);
  return <AccessPage role={principal.role} mayReveal={await mayDo(principal, "reveal")} />;
}
