"use client";

/** The way between administration pages: those that the role may open. */
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { adminPlaces } from "@/lib/client/admin-places";
import type { Ability } from "@/lib/domain/policy";

export function AdminNav({ abilities }: { abilities: readonly Ability[] }) {
  const pathname = usePathname();
  const places = adminPlaces(abilities);
  if (places.length < 2) return null;
  return (
    <nav aria-label="Administration" className="flex flex-wrap gap-x-1 border-b border-line px-3">
      {places.map(({ href, label }) => {
        const here = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={clsx(
              "flex h-8 shrink-0 items-center border-b-2 px-2",
              here ? "border-accent font-strong" : "border-transparent text-muted hover:text-text",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
