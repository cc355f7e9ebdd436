/** Search: where an investigation starts. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SearchPage } from "@/components/search/search-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Search" };

export default async function Page() {
  if (!(await pagePrincipal())) redirect("/sign-in");
  return <SearchPage />;
}
