/** Who is paged, and how that is told: `/admin/on-call`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OnCallPage } from "@/components/admin/on-call-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "On-call" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/on-call")}`);
  return <OnCallPage role={principal.role} />;
}
