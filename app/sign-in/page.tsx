/** Sign-in by password, and by the identity provider where one is configured. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/account/sign-in-form";
import { safeNextPath } from "@/lib/client/safe-next-path";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Sign in" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { next, callbackUrl, error } = await searchParams;
  const target = safeNextPath([next ?? callbackUrl ?? []].flat()[0]);
  if (await pagePrincipal()) redirect(target);
  return <SignInForm next={target} refused={error !== undefined} />;
}
