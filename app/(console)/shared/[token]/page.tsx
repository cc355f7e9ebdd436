/**
 * A timeline that somebody shared. The data comes through the API alone; ids stand neither in the address nor in the
 * title, and a stranger learns from the page only that there is a sign-in.
 */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { TimelinePage } from "@/components/timeline/timeline-page";
import { pagePrincipal } from "@/lib/identity/require-principal";
import { mayOpenSharedTimeline } from "@/lib/timeline/shared-question";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Shared timeline",
  robots: { index: false, follow: false, noarchive: true },
  referrer: "no-referrer",
};

interface Props {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<{ continue?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { token } = await params;
  const principal = await pagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent(`/shared/${token}`)}`);
  if (!(await mayOpenSharedTimeline(principal, token))) notFound();
  const continuations = [(await searchParams).continue ?? []].flat();
  return <TimelinePage question={{ keys: [], from: null, to: null, continuations, shared: token }} />;
}
