/** Where the signed-in person is signed in. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SessionsPage } from "@/components/account/sessions-page";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Signed in on" };

export default async function Page() {
  const principal = await pagePrincipal();
  if (!principal) redirect("/sign-in?next=%2Faccount%2Fsessions");
  return <SessionsPage />;
}
