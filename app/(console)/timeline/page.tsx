/** One question's timeline: `/timeline?key=order:48192&from=now-1h&to=now`. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TimelinePage } from "@/components/timeline/timeline-page";
import { timelineHref } from "@/lib/client/timeline-href";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Timeline" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { key, from, to, widen, continue: continuations, live } = await searchParams;
  const question = {
    keys: [key ?? []].flat(),
    from: one(from),
    to: one(to),
    widen: [widen ?? []].flat(),
    continuations: [continuations ?? []].flat(),
  };
  if (!(await pagePrincipal())) {
    redirect(`/sign-in?next=${encodeURIComponent(timelineHref({ ...question, live: one(live) === "1" }))}`);
  }
  if (question.keys.length === 0) redirect("/");
  return <TimelinePage question={question} />;
}

function one(parameter: Parameter): string | null {
  return [parameter ?? []].flat()[0] ?? null;
}
