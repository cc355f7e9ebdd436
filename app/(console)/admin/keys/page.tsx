/** How ids are spelled: `/admin/keys?rule=order%20id` opens that rule. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { KeyRulesPage } from "@/components/admin/key-rules-page";
import { mayDo } from "@/lib/access/resolve-access";
import { keyRulesHref } from "@/lib/client/key-rules-href";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Key rules" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { rule, new: isNew } = await searchParams;
  const chosen = [rule ?? []].flat()[0];
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent(keyRulesHref(chosen))}`);
  return (
    <KeyRulesPage
      role={principal.role}
      mayRead={await mayDo(principal, "read-key-rules")}
      chosen={isNew === undefined ? chosen : null}
    />
  );
}
