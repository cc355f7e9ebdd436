"use client";

/** What stands around every page: rail, search, range, zone, account, and the keys that work everywhere. */
import { useState, type ReactNode } from "react";
import type { KeyHint } from "@/lib/contract/key-hint";
import { useHotkeys } from "../ui/use-hotkeys";
import { RangePicker } from "../search/range-picker";
import { SearchBox, SEARCH_BOX_ID } from "../search/search-box";
import { useRangeKeys } from "../search/use-range-keys";
import { AccountMenu, type Person } from "./account-menu";
import { CommandPalette } from "./command-palette";
import { HelpDialog } from "./help-dialog";
import { RevealBadge } from "./reveal-badge";
import { Rail } from "./rail";
import { useReloadWhenStale } from "./use-reload-when-stale";
import { ZoneSwitch } from "./zone-switch";

export function Frame({ person, hints, children }: { person: Person; hints: readonly KeyHint[]; children: ReactNode }) {
  const [open, setOpen] = useState<"help" | "palette" | null>(null);
  useRangeKeys();
  useReloadWhenStale();
  useHotkeys({
    "/": () => document.getElementById(SEARCH_BOX_ID)?.focus(),
    "?": () => {
      setOpen("help");
    },
    "mod+k": () => {
      setOpen(open === "palette" ? null : "palette");
    },
  });
  const toggle = (name: "help" | "palette") => (isOpen: boolean) => {
    setOpen(isOpen ? name : null);
  };
  return (
    <div className="flex h-dvh max-sm:flex-col print:block print:h-auto">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-raised focus:p-2">
        Skip to the page
      </a>
      <Rail role={person.role} abilities={person.abilities} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 print:hidden">
          <SearchBox hints={hints} />
          <span className="ml-auto flex items-center gap-1">
            <RevealBadge abilities={person.abilities} />
            <RangePicker />
            <ZoneSwitch />
            <AccountMenu
              person={person}
              onHelp={() => {
                setOpen("help");
              }}
            />
          </span>
        </header>
        <main id="main" className="min-h-0 flex-1 overflow-y-auto print:overflow-visible">
          {children}
        </main>
      </div>
      <HelpDialog open={open === "help"} onOpenChange={toggle("help")} />
      <CommandPalette
        open={open === "palette"}
        onOpenChange={toggle("palette")}
        hints={hints}
        abilities={person.abilities}
        onHelp={() => {
          setOpen("help");
        }}
      />
    </div>
  );
}
