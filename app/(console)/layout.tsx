/** The frame of every page behind sign-in. It protects nothing: each page asks for its principal itself. */
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Frame } from "@/components/shell/frame";
import { abilitiesOf } from "@/lib/access/resolve-access";
import { searchHints } from "@/lib/timeline/search-hints";
import { pagePrincipal } from "@/lib/identity/require-principal";
import { availableRoles } from "@/lib/identity/switch-role";

export const dynamic = "force-dynamic";

export default async function ConsoleLayout({ children }: Readonly<{ children: ReactNode }>) {
  const principal = await pagePrincipal();
  if (!principal) redirect("/sign-in");
  const roles = await availableRoles(principal);
  const person = {
    name: principal.displayName,
    email: principal.email,
    role: principal.role,
    roles,
    abilities: await abilitiesOf(principal),
  };
  return (
    <Frame person={person} hints={await searchHints(principal)}>
      {children}
    </Frame>
  );
}
