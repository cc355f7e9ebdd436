"use client";

/** Who is signed in and as what; theme, help, sign-out. */
import { DropdownMenu } from "radix-ui";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTheme } from "next-themes";
import type { ComponentProps } from "react";
import { announceIdentityChange } from "@/lib/client/identity-change";
import { switchSessionRole } from "@/lib/client/session-role";
import type { Ability } from "@/lib/domain/policy";
import { Role } from "@/lib/domain/role";
import { Icon } from "../ui/icon";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The active one among them. */
  readonly roles: readonly Role[];
  /** What the active role may do. */
  readonly abilities: readonly Ability[];
}

const THEMES = [
  { value: "system", label: "As the system", icon: "system" },
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
] as const;

export function AccountMenu({ person, onHelp }: { person: Person; onHelp: () => void }) {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 hover:bg-hover">
        <span className="sr-only">Account of {person.name},</span>
        <span aria-hidden="true" className="font-strong">
          {initials(person.name)}
        </span>
        <span className="rounded border border-line px-1 text-small text-muted">{person.role}</span>
        <Icon name="chevron" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 w-60 rounded-md border border-line bg-raised p-1 shadow-float"
        >
          <div className="px-2 py-1.5">
            <p className="truncate font-strong">{person.name}</p>
            <p className="truncate text-small text-muted">{person.email}</p>
          </div>
          {person.roles.length > 1 && <RoleChoice person={person} />}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Label className="px-2 text-small text-muted">Theme</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme ?? "system"} onValueChange={setTheme}>
            {THEMES.map((one) => (
              <DropdownMenu.RadioItem key={one.value} value={one.value} className={ITEM}>
                <Icon name={one.icon} />
                <span className="flex-1">{one.label}</span>
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <Item asChild>
            <Link href="/account/access">Access</Link>
          </Item>
          <Item asChild>
            <Link href="/account/tokens">API tokens</Link>
          </Item>
          <Item asChild>
            <Link href="/account/sessions">Signed in on</Link>
          </Item>
          <Item asChild>
            <Link href="/account/links">Your links</Link>
          </Item>
          <Item onSelect={onHelp}>Show keyboard shortcuts</Item>
          <Item onSelect={() => void leave()}>Sign out</Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

async function leave(): Promise<void> {
  await signOut({ redirect: false });
  announceIdentityChange();
  window.location.assign("/sign-in");
}

/** Roles never add up: one is active, and a change asks everything again as the other. */
function RoleChoice({ person }: { person: Person }) {
  const choose = (wanted: string): void => {
    const role = Role.safeParse(wanted);
    if (!role.success || role.data === person.role) return;
    // The whole page, so that nothing that the former role received stays on screen.
    void switchSessionRole(role.data).then((done) => {
      if (!done) return;
      announceIdentityChange();
      window.location.reload();
    });
  };
  return (
    <>
      <DropdownMenu.Separator className="my-1 h-px bg-line" />
      <DropdownMenu.Label className="px-2 text-small text-muted">Act as</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={person.role} onValueChange={choose}>
        {person.roles.map((role) => (
          <DropdownMenu.RadioItem key={role} value={role} className={ITEM}>
            <span className="flex-1">{role}</span>
            <DropdownMenu.ItemIndicator>
              <Icon name="check" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

const ITEM = "flex h-8 items-center gap-2 rounded px-2 outline-none data-[highlighted]:bg-hover";

function Item(props: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item {...props} className={ITEM} />;
}

function initials(name: string): string {
  const words = name.trim().split(/[\s@.]+/);
  return ((words[0]?.[0] ?? "") + (words[1]?.[0] ?? "")).toUpperCase() || "?";
}
