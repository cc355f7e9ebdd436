/** Who may sign in, and as what: `/admin/people`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PeoplePage } from "@/components/admin/people-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/people")}`);
  return <PeoplePage role={principal.role} mayAdminister={await mayDo(principal, "administer")} />;
}
