/** Sign-in by password, and by the identity provider where one is configured. `fresh=1` asks again, also who is signed in. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/account/sign-in-form";
import { safeNextPath } from "@/lib/client/safe-next-path";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Sign in" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { next, callbackUrl, error, fresh } = await searchParams;
  const target = safeNextPath([next ?? callbackUrl ?? []].flat()[0]);
  const principal = await pagePrincipal();
  if (principal && fresh !== "1") redirect(target);
  const again = principal ? { email: principal.email } : undefined;
  return <SignInForm next={target} refused={error !== undefined} again={again} />;
}
