"use client";

/** Tells who answers or looks at reveals that some wait. Nothing while none does. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { revealsQuery } from "@/lib/client/reveals";
import type { Ability } from "@/lib/domain/policy";

export function RevealBadge({ abilities }: { abilities: readonly Ability[] }) {
  const isTold = abilities.includes("second-reveal") || abilities.includes("review-reveals");
  const { data } = useQuery({ ...revealsQuery([]), enabled: isTold });
  const open = data?.reveals.filter(({ mine, state }) => !mine && state === "in-force").length ?? 0;
  const count = data ? data.toAnswer + data.toReview + open : 0;
  if (count === 0) return null;
  return (
    <Link
      href="/admin/reveals"
      title="Somebody reads, read or asks to read more than their role does"
      className="inline-flex h-7 items-center gap-1 rounded-md border border-warning-line px-2 hover:bg-hover"
    >
      <span aria-hidden="true">!</span> Reveals
      <span className="tabular-nums">{count}</span>
    </Link>
  );
}
