/** What stands above every administration page: the way to the others. It protects nothing, each page checks for itself. */
import type { ReactNode } from "react";
import { AdminNav } from "@/components/admin/admin-nav";
import { abilitiesOf } from "@/lib/access/resolve-access";
import { pagePrincipal } from "@/lib/identity/require-principal";

export default async function AdminLayout({ children }: Readonly<{ children: ReactNode }>) {
  const principal = await pagePrincipal();
  return (
    <>
      <AdminNav abilities={principal ? await abilitiesOf(principal) : []} />
      {children}
    </>
  );
}
