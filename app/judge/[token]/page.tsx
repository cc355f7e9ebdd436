/** Judging one episode through a link: `/judge/…`. */
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { JudgePage } from "@/components/alerts/judge-page";
import { readVerdictLink } from "@/lib/alerts/verdict-links";
import { clientAddress } from "@/lib/identity/client-address";
import { openSealed } from "@/lib/stream/open-sealed";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Was it worth it?" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const episode = await readVerdictLink(token, clientAddress(await headers()));
  if (!episode) notFound();
  return <JudgePage token={token} episode={openSealed(episode)} />;
}
