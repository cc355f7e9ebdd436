"use client";

/** Takes the timeline along: as a file, redacted for a role, or on paper. */
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { saveTimeline } from "@/lib/client/export-timeline";
import { shareLinksQuery } from "@/lib/client/share-links";
import { printHref } from "@/lib/client/timeline-href";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { ExportFormat } from "@/lib/contract/timeline-export";
import type { Role } from "@/lib/domain/role";
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuRule } from "../ui/menu";
import { questionBody } from "./pinned-question";

const FORMATS: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: "markdown", label: "Markdown, for chats and tickets" },
  { format: "csv", label: "CSV, for spreadsheets" },
  { format: "json", label: "JSON, for scripts" },
];

/** `question`: with absolute times. */
export function ExportMenu({ question, role }: { question: TimelineQuestion; role: Role }) {
  const [isOpen, setOpen] = useState(false);
  const [audience, setAudience] = useState(role);
  const links = useQuery({ ...shareLinksQuery(), enabled: isOpen });
  const save = useMutation({ mutationFn: saveTimeline });
  const others = (links.data?.audiences ?? []).filter((name) => name !== role);
  const { continuations = [] } = question;
  const start = (format: ExportFormat): void => {
    save.mutate({
      ...questionBody(question),
      ...(continuations.length > 0 && { continue: [...continuations] }),
      ...(audience !== role && { audience }),
      // Spreadsheets know the encoding by it.
      ...(format === "csv" && { bom: true }),
      format,
    });
  };
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className={save.error ? "text-small text-error" : "text-small text-muted"}>
        {save.error ? failureText(save.error) : save.isPending ? "Exporting…" : save.isSuccess ? "Saved" : ""}
      </span>
      <Menu label="Export" onOpenChange={setOpen}>
        {FORMATS.map(({ format, label }) => (
          <MenuItem
            key={format}
            disabled={save.isPending}
            onSelect={() => {
              start(format);
            }}
          >
            {label}
          </MenuItem>
        ))}
        <MenuItem asChild>
          <Link href={printHref(question)} target="_blank" rel="noopener">
            Print or save as PDF, as you read it
          </Link>
        </MenuItem>
        <MenuRule />
        <MenuLabel>Files hold what both of these may read</MenuLabel>
        <MenuChoices value={audience} onValueChange={setAudience}>
          <MenuChoice value={role}>you alone, as {role}</MenuChoice>
          {others.map((name) => (
            <MenuChoice key={name} value={name}>
              you and {name}
            </MenuChoice>
          ))}
        </MenuChoices>
        {links.isError && (
          <>
            <MenuLabel>
              <span role="alert" className="text-error">
                ✕ The other roles could not be fetched.
              </span>
            </MenuLabel>
            <MenuItem
              // The roles appear above: the menu stays.
              onSelect={(event) => {
                event.preventDefault();
                void links.refetch();
              }}
            >
              Ask again for the roles
            </MenuItem>
          </>
        )}
      </Menu>
    </span>
  );
}
