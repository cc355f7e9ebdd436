"use client";

/** Hands the timeline on: its address, by which everybody asks in their own role, or a link that ends. */
import Link from "next/link";
import { useState } from "react";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { Menu, MenuItem, MenuRule } from "../ui/menu";
import { ShareDialog } from "./share-dialog";

export function ShareMenu({
  question,
  address,
}: {
  /** With absolute times. */
  question: TimelineQuestion;
  address: () => string;
}) {
  const [isMaking, setMaking] = useState(false);
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = (): void => {
    navigator.clipboard.writeText(address()).then(
      () => {
        setCopied("yes");
      },
      () => {
        setCopied("refused");
      },
    );
  };
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className="text-small text-muted">
        {copied === "yes" ? "Address copied" : copied === "refused" ? "Copying is blocked" : ""}
      </span>
      <Menu
        label="Share"
        onOpenChange={(open) => {
          if (open) setCopied("no");
        }}
      >
        <MenuItem onSelect={copy}>
          <span>
            Copy the address
            <span className="block text-small text-muted">Who opens it asks in their own role.</span>
          </span>
        </MenuItem>
        <MenuItem
          onSelect={() => {
            setMaking(true);
          }}
        >
          <span>
            Create a link that ends…
            <span className="block text-small text-muted">Shows no more than you and they may both see.</span>
          </span>
        </MenuItem>
        <MenuRule />
        <MenuItem asChild>
          <Link href="/account/links">Your links</Link>
        </MenuItem>
      </Menu>
      {isMaking && (
        <ShareDialog
          question={question}
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </span>
  );
}
