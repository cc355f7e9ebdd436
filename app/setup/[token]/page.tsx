/** Behind a one-time link: becoming the first admin, or choosing a password after an invitation. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SetupPage } from "@/components/account/setup-page";
import { readSetupLink } from "@/lib/identity/redeem-setup-link";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Set up" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await readSetupLink(token);
  if (!link) notFound();
  return <SetupPage token={token} {...link} />;
}
