/** The signed-in person's own API tokens. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TokensPage } from "@/components/account/tokens-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "API tokens" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect("/sign-in?next=%2Faccount%2Ftokens");
  return <TokensPage role={principal.role} />;
}
