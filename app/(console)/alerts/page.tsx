/** The history of alerts: `/alerts`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/alerts")}`);
  return <AlertsPage mayJudge={await mayDo(principal, "judge-alerts")} />;
}
