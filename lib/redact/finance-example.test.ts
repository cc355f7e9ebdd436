/** The example of a custom role in the documentation does what it says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FINANCE_ROLE } from "@/lib/client/policy-examples";
import { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind } from "@/lib/domain/timeline-event";
import { checkPolicy } from "./check-policy";
import { rowsWithClass } from "./planted-rows";
import { DEFAULT_POLICY } from "./policy";
import { redactRow } from "./redact-row";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const file = new URL("../../docs/examples/finance-role.yaml", import.meta.url);
const role = RolePolicy.parse(parse(readFileSync(file, "utf8")));
const policy: PolicyDocument = { ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles, role] };
const context = createRedactionContext(redactionSettings(), anAccess("finance", { policy, teams: ["Payments team"] }));

const service = (owner: string): RowService => ({
  ...{ name: "planted-api", displayName: "planted", audience: "product", listed: true, owner },
});

function aRow(kind: EventKind, owner: string, labels: Record<string, string> = {}): TimelineRow {
  const row = rowsWithClass("infrastructure", "planted-api").find((one) => one.event.kind === kind && !one.recognised);
  if (!row) throw new Error("no such row");
  const named = Object.fromEntries(Object.entries(labels).map(([name, value]) => [`label.${name}`, value]));
  return {
    ...row,
    service: service(owner),
    event: { ...row.event, title: "BillingSlow on planted-api", attributes: named },
  };
}

describe("the finance role of the documentation", () => {
  it("is the one that the page offers", () => {
    expect(FINANCE_ROLE).toEqual(role);
  });

  it("makes a policy without problems", () => {
    expect(checkPolicy(PolicyDocument.parse(policy))).toEqual([]);
  });

  it("sees alerts and jobs of billing's services, with what they are called", () => {
    for (const kind of ["alert", "job-run"] as const) {
      expect(context.rowAccess(aRow(kind, "Payments team"))).toBe("full");
    }
    const alert = redactRow(aRow("alert", "Payments team", { alertname: "BillingSlow" }), "", context);
    expect(alert.attributes["label.alertname"]?.value).toBe("BillingSlow");
    // Titles of alerts hold annotations, which are text.
    expect(alert.title).toBe(alert.sentence);
  });

  it("sees an alert that is labelled as billing's, without the infrastructure of others", () => {
    const row = aRow("alert", "Storefront team", { team: "billing" });
    expect(context.rowAccess(row)).toBe("full");
    expect(JSON.stringify(redactRow(row, "", context))).not.toContain("planted-api");
  });

  it.each<[EventKind, string, Record<string, string>]>([
    ["deploy", "Payments team", { team: "billing" }],
    ["deploy", "Storefront team", {}],
    ["alert", "Storefront team", { team: "platform" }],
    ["metric-step", "Payments team", {}],
    ["log", "Storefront team", {}],
  ])("does not know of a row of kind %s of the %s with labels %j", (kind, owner, labels) => {
    expect(context.rowAccess(aRow(kind, owner, labels))).toBe("omit");
  });

  it("reads what failed and what staff did, as support does", () => {
    for (const kind of ["error", "staff-action"] as const) {
      const row = aRow(kind, "Storefront team");
      expect(context.rowAccess(row)).toBe("full");
      expect(redactRow(row, "", context).title).toBe(row.sentence);
    }
  });
});
