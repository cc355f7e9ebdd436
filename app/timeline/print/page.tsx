/** A timeline for paper: `/timeline/print?key=…`. No frame around it. The data comes through the API alone. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PrintPage } from "@/components/timeline/print-page";
import { printHref } from "@/lib/client/timeline-href";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
// Browsers offer the title as the name of the PDF: it tells nothing.
export const metadata: Metadata = { title: "Timeline for print" };

type Parameter = string | string[] | undefined;

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Parameter>> }) {
  const { key, from, to, widen, continue: continuations } = await searchParams;
  const question = {
    keys: [key ?? []].flat(),
    from: [from ?? []].flat()[0] ?? null,
    to: [to ?? []].flat()[0] ?? null,
    widen: [widen ?? []].flat(),
    continuations: [continuations ?? []].flat(),
  };
  if (!(await pagePrincipal())) redirect(`/sign-in?next=${encodeURIComponent(printHref(question))}`);
  if (question.keys.length === 0) redirect("/");
  return <PrintPage question={question} />;
}
