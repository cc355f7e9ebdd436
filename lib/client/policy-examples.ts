/** Roles that the policy page offers to copy. The same as `docs/examples/finance-role.yaml`. */
import type { RolePolicy } from "@/lib/domain/policy";

export const FINANCE_ROLE: RolePolicy = {
  name: "finance",
  description: "Follows money through an incident. Billing alerts and jobs, no infrastructure.",
  classes: {
    workflow: "show",
    "business-id": "show",
    "account-id": "pseudonym",
    infrastructure: { own: "show", other: "absent" },
    code: "template",
    text: "template",
  },
  rows: [
    { rows: { kinds: ["error", "staff-action"] }, grant: "full" },
    { rows: { kinds: ["alert"], labels: { team: ["billing"] } }, grant: "full" },
    { rows: { kinds: ["alert", "job-run"], teams: ["Payments team"] }, grant: "full" },
  ],
  abilities: ["ask", "export", "share"],
  mayReveal: [],
};
