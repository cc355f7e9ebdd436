/** What waits for a verdict: `/alerts/backlog`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { BacklogPage } from "@/components/alerts/backlog-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Was it worth it?" };

export default async function Page() {
  if (!(await pagePrincipal())) redirect(`/sign-in?next=${encodeURIComponent("/alerts/backlog")}`);
  return <BacklogPage />;
}
