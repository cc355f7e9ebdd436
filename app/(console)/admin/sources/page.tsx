/** Where evidence comes from: `/admin/sources?source=loki%2Fproduct` opens that one. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SourcesPage } from "@/components/admin/sources-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Sources" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { source, new: isNew } = await searchParams;
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent("/admin/sources")}`);
  return <SourcesPage role={principal.role} chosen={isNew === undefined ? [source ?? []].flat()[0] : null} />;
}
