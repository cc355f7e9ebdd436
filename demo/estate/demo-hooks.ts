/** The paths that the demo's alerts are posted to, with secrets made at every start: the configuration is written anew then. */
import { randomBytes } from "node:crypto";

export interface DemoHook {
  readonly kind: "alertmanager" | "oncall";
  readonly name: string;
  readonly secret: string;
  readonly route: "page" | "ticket" | "unknown";
}

export interface DemoHooks {
  readonly pages: DemoHook;
  readonly tickets: DemoHook;
  readonly onCall: DemoHook;
}

export function makeHooks(): DemoHooks {
  const secret = () => randomBytes(24).toString("hex");
  return {
    pages: { kind: "alertmanager", name: "pages", secret: secret(), route: "page" },
    tickets: { kind: "alertmanager", name: "tickets", secret: secret(), route: "ticket" },
    onCall: { kind: "oncall", name: "pager", secret: secret(), route: "unknown" },
  };
}

/** By the receivers of the demo's Alertmanager. */
export function hookOf(hooks: DemoHooks, receiver: string): DemoHook {
  return receiver === "on-call-page" ? hooks.pages : hooks.tickets;
}
