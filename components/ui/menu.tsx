"use client";

/** A button that opens a list of choices. Radix moves the focus, types ahead and closes on escape. */
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

export function Menu({
  label,
  onOpenChange,
  children,
}: {
  label: string;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root {...(onOpenChange && { onOpenChange })}>
      <DropdownMenu.Trigger className="inline-flex h-7 items-center gap-1 rounded-md px-2.5 text-muted hover:bg-hover">
        {label}
        <Icon name="chevron" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-72 max-w-[calc(100vw-16px)] rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex min-h-8 items-center gap-2 rounded px-2 py-1 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

export function MenuItem(props: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item {...props} className={ITEM} />;
}

/** One of several, the chosen one ticked. */
export function MenuChoice({ value, children }: { value: string; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem
      value={value}
      className={ITEM}
      // The choice is about the items above: the menu stays.
      onSelect={(event) => {
        event.preventDefault();
      }}
    >
      <span className="flex-1">{children}</span>
      <DropdownMenu.ItemIndicator>
        <Icon name="check" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1 text-small text-muted">{children}</DropdownMenu.Label>;
}

export function MenuRule() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

export const MenuChoices = DropdownMenu.RadioGroup;
