/** The links that the signed-in person made; everybody's for those who administer. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ShareLinksPage } from "@/components/account/share-links-page";
import { mayDo } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Your links" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect("/sign-in?next=%2Faccount%2Flinks");
  return <ShareLinksPage maySeeAll={await mayDo(principal, "administer")} />;
}
