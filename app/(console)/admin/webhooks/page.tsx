/** Where alerts are sent to: `/admin/webhooks`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { HooksPage } from "@/components/admin/hooks-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Webhooks" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/webhooks")}`);
  return <HooksPage role={principal.role} />;
}
