"use client";

/** A modal window over the page: Radix holds the focus and closes on escape. */
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content className="fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-y-auto rounded-md border border-line bg-raised p-4 shadow-float">
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-section font-strong">{title}</Radix.Title>
            <Radix.Close aria-label="Close" className="rounded p-1 text-muted hover:bg-hover">
              <Icon name="close" />
            </Radix.Close>
          </div>
          <Radix.Description className="text-small text-muted">{description}</Radix.Description>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
