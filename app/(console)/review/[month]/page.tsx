/** One month's review: `/review/2026-10`. The data comes through the API alone. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ReviewPage } from "@/components/noise-report/review-page";
import { ReviewMonth } from "@/lib/contract/review";
import { pagePrincipal } from "@/lib/identity/require-principal";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Alert review" };

export default async function Page({ params }: { params: Promise<{ month: string }> }) {
  const month = ReviewMonth.safeParse((await params).month);
  if (!month.success) notFound();
  if (!(await pagePrincipal())) redirect(`/sign-in?next=${encodeURIComponent(`/review/${month.data}`)}`);
  return <ReviewPage month={month.data} />;
}
