"use client";

/** All of break-glass that one timeline needs: the banner, the dialog, and how to open it. Nothing for other roles. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { revealsQuery } from "@/lib/client/reveals";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { QueryView } from "@/lib/contract/timeline-answer";
import { RevealBanner } from "./reveal-banner";
import { RevealDialog } from "./reveal-dialog";

interface Revealing {
  readonly banner: ReactNode;
  readonly dialog: ReactNode;
  /** Absent for roles that may not reveal anything. */
  readonly onReveal: (() => void) | undefined;
}

/** `onChange`: more or less is open than a moment ago. */
export function useRevealing(
  { keys }: Pick<TimelineQuestion, "keys">,
  query: QueryView | undefined,
  onChange: () => void,
): Revealing {
  const [asking, setAsking] = useState(false);
  const mayAsk = query !== undefined && !query.shared && query.abilities.includes("reveal");
  const { data } = useQuery({ ...revealsQuery(keys), enabled: mayAsk });
  const mayReveal = data?.mayReveal ?? [];
  if (!mayAsk) return { banner: null, dialog: null, onReveal: undefined };
  const close = (): void => {
    setAsking(false);
  };
  return {
    banner: <RevealBanner askedKeys={keys} onChange={onChange} />,
    dialog: asking && <RevealDialog askedKeys={keys} mayReveal={mayReveal} onClose={close} />,
    onReveal:
      mayReveal.length === 0
        ? undefined
        : () => {
            setAsking(true);
          },
  };
}
