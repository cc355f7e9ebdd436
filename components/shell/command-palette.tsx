"use client";

/** `⌘K`: go anywhere, or paste an id without leaving the keyboard. */
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useState } from "react";
import { recentSearches, zonePreference } from "@/lib/client/preferences";
import { recogniseInput } from "@/lib/contract/recognise-input";
import type { KeyHint } from "@/lib/contract/key-hint";
import { adminPlaces } from "@/lib/client/admin-places";
import type { Ability } from "@/lib/domain/policy";
import { useOpenTimeline } from "../search/use-open-timeline";
import { Dialog } from "../ui/dialog";
import { useStoredValue } from "../ui/use-stored-value";

const NO_SEARCHES: never[] = [];

export function CommandPalette({
  open,
  onOpenChange,
  hints,
  abilities,
  onHelp,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  hints: readonly KeyHint[];
  abilities: readonly Ability[];
  onHelp: () => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Command palette"
      description="Paste an id, or type what to do."
    >
      <Commands
        hints={hints}
        abilities={abilities}
        onHelp={onHelp}
        onDone={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

/** Gone with the window, and what was typed with it. */
function Commands({
  hints,
  abilities,
  onHelp,
  onDone,
}: {
  hints: readonly KeyHint[];
  abilities: readonly Ability[];
  onHelp: () => void;
  onDone: () => void;
}) {
  const [text, setText] = useState("");
  const router = useRouter();
  const { open: openTimeline, failure } = useOpenTimeline();
  const { setTheme } = useTheme();
  const recent = useStoredValue(recentSearches, NO_SEARCHES);
  const run = (action: () => void) => () => {
    onDone();
    action();
  };
  const candidates = recogniseInput(text, hints).slice(0, 5);
  const commands = [
    { name: "Go to search", action: () => router.push("/") },
    ...(abilities.includes("read-alerts")
      ? [{ name: "Go to alerts", action: () => router.push("/alerts?from=now-30d") }]
      : []),
    ...(abilities.includes("judge-alerts")
      ? [{ name: "Judge what waits", action: () => router.push("/alerts/backlog") }]
      : []),
    ...(abilities.includes("read-review")
      ? [{ name: "Go to the alert review", action: () => router.push("/review") }]
      : []),
    { name: "Go to API tokens", action: () => router.push("/account/tokens") },
    { name: "Go to Signed in on", action: () => router.push("/account/sessions") },
    ...adminPlaces(abilities).map(({ href, label }) => ({
      name: `Go to ${label.toLowerCase()}`,
      action: () => router.push(href),
    })),
    { name: "Show keyboard shortcuts", action: onHelp },
    { name: "Show times in UTC", action: () => zonePreference.set("utc") },
    { name: "Show times in local time", action: () => zonePreference.set("local") },
    { name: "Use the light theme", action: () => setTheme("light") },
    { name: "Use the dark theme", action: () => setTheme("dark") },
  ];
  const searches = candidates.length > 0 ? [] : recent;
  return (
    <Command label="Commands" shouldFilter={candidates.length === 0} className="mt-2">
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Paste an id or type a command"
        className="h-9 w-full rounded-md border border-line-strong bg-bg px-2"
      />
      <p role="alert" className="text-small text-error">
        {failure !== undefined && `✕ It could not be opened. ${failure}`}
      </p>
      <Command.List className="mt-2 max-h-[46vh] overflow-y-auto">
        <Command.Empty className="p-2 text-muted">Nothing matches.</Command.Empty>
        {candidates.map((one) => (
          <Choice
            key={`${one.kind}:${one.value}`}
            name={`Open ${one.label}`}
            onSelect={() => {
              openTimeline(one, onDone);
            }}
          />
        ))}
        {searches.map((one) => (
          <Choice
            key={one.key}
            name={`Open ${one.label} again`}
            onSelect={() => {
              openTimeline(one, onDone);
            }}
          />
        ))}
        {candidates.length === 0 &&
          commands.map((one) => <Choice key={one.name} name={one.name} onSelect={run(one.action)} />)}
      </Command.List>
    </Command>
  );
}

function Choice({ name, onSelect }: { name: string; onSelect: () => void }) {
  return (
    <Command.Item
      value={name}
      onSelect={onSelect}
      className="flex h-8 items-center rounded px-2 data-[selected=true]:bg-selected"
    >
      {name}
    </Command.Item>
  );
}
