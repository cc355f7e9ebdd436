"use client";

/** The way between pages. Only what exists and what the role may open. */
import clsx from "clsx";
import { adminPlaces } from "@/lib/client/admin-places";
import type { Ability } from "@/lib/domain/policy";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Icon } from "../ui/icon";

const SEARCH = { href: "/", label: "Search", icon: "search", also: "/timeline" } as const;
const TOKENS = { href: "/account/tokens", label: "API tokens", icon: "key", also: "/account/tokens" } as const;
/** With the range that one looks back over there; the range of a search is an hour. */
const ALERTS = { href: "/alerts?from=now-30d", label: "Alerts", icon: "bell", also: "/alerts" } as const;
const REVIEW = { href: "/review", label: "Review", icon: "report", also: "/review" } as const;

export function Rail({ role, abilities }: { role: string; abilities: readonly Ability[] }) {
  const pathname = usePathname();
  const [admin] = adminPlaces(abilities);
  const places = [
    SEARCH,
    ...(abilities.includes("read-alerts") ? [ALERTS] : []),
    ...(abilities.includes("read-review") ? [REVIEW] : []),
    TOKENS,
    ...(admin ? [{ ...admin, label: "Admin", icon: "sliders", also: "/admin" } as const] : []),
  ];
  return (
    <nav
      aria-label="Main"
      className="flex shrink-0 items-center print:hidden gap-1 border-line bg-panel px-1 max-sm:order-last max-sm:border-t sm:w-11 sm:flex-col sm:border-r sm:py-2"
    >
      <span aria-hidden="true" className="mb-1 hidden h-7 items-center text-section text-accent sm:flex">
        ▚
      </span>
      {places.map((place) => {
        const here =
          pathname === place.href ||
          pathname === place.also ||
          (["/admin", "/alerts", "/review"].includes(place.also) && pathname.startsWith(`${place.also}/`));
        return (
          <Link
            key={place.href}
            href={place.href}
            title={place.label}
            aria-label={place.label}
            aria-current={here ? "page" : undefined}
            className={clsx(
              "flex size-9 items-center justify-center rounded-md",
              here ? "bg-selected text-accent" : "text-muted hover:bg-hover",
            )}
          >
            <Icon name={place.icon} />
          </Link>
        );
      })}
      <span
        title={`You act as ${role}`}
        className="mt-auto hidden py-1 text-[10px] text-muted [writing-mode:vertical-rl] sm:block"
      >
        {role}
      </span>
    </nav>
  );
}
