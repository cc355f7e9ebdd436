/**
 * What an admin pastes into a sender, and a line that sends one harmless call. Alertmanager: `webhook_config` of its
 * configuration; Grafana: a contact point of its provisioning files; Sentry: the fields of an internal integration. Pure.
 */
import type { AlertHookView } from "@/lib/contract/alert-hook";
import type { HookAuth, HookKind } from "@/lib/domain/alert-hook";

type Hook = Pick<AlertHookView, "kind" | "name" | "path" | "auth" | "username">;

/** Where the secret stands once it is not shown any more. */
const PLACEHOLDER = "THE_SECRET_OF_THIS_HOOK";

/** How senders of each kind can prove themselves; the usual one first. */
export const AUTHS_OF: Readonly<Record<HookKind, readonly HookAuth[]>> = {
  alertmanager: ["bearer", "basic"],
  grafana: ["bearer", "basic", "hmac"],
  sentry: ["hmac"],
  oncall: ["bearer", "basic", "hmac"],
};

export interface HookSetup {
  /** `Alertmanager: alertmanager.yml` */
  readonly title: string;
  readonly text: string;
}

export function hookSetup(hook: Hook, origin: string, secret = PLACEHOLDER): HookSetup {
  const url = `${origin}${hook.path}`;
  switch (hook.kind) {
    case "alertmanager":
      return { title: "Alertmanager: alertmanager.yml", text: alertmanagerText(hook, url, secret) };
    case "grafana":
      return { title: "Grafana: a file in provisioning/alerting", text: grafanaText(hook, url, secret) };
    case "sentry":
      return { title: "Sentry: Settings, Custom Integrations, internal integration", text: sentryText(url) };
    case "oncall":
      return { title: "On-call tool: one call tells pages, shifts or people", text: onCallText(hook, url, secret) };
  }
}

/** A call that is authentic and tells nothing: it is counted, and makes no alert. */
export function testCall(hook: Hook, origin: string, secret = PLACEHOLDER): string {
  return curl(hook, `${origin}${hook.path}`, secret, EMPTY[hook.kind]);
}

const EMPTY: Readonly<Record<HookKind, string>> = {
  alertmanager: '{"version":"4","receiver":"test","alerts":[]}',
  grafana: '{"version":"1","receiver":"test","alerts":[]}',
  sentry: '{"action":"test","data":{}}',
  oncall: '{"pages":[]}',
};

const SIGNATURES: Readonly<Record<HookKind, string>> = {
  alertmanager: "X-Throughline-Signature",
  grafana: "X-Grafana-Alerting-Signature",
  sentry: "Sentry-Hook-Signature",
  oncall: "X-Throughline-Signature",
};

function curl({ kind, auth, username }: Hook, url: string, secret: string, body: string): string {
  const send = ["-H 'Content-Type: application/json'", `--data '${body}' ${url}`];
  if (auth === "bearer") return lines("curl -i", `-H 'Authorization: Bearer ${secret}'`, ...send);
  if (auth === "basic") return lines("curl -i", `-u '${username}:${secret}'`, ...send);
  const sign = `SIGNATURE=$(printf %s '${body}' | openssl dgst -sha256 -hmac '${secret}' -r | cut -d' ' -f1)`;
  return `${sign}\n${lines("curl -i", `-H "${SIGNATURES[kind]}: $SIGNATURE"`, ...send)}`;
}

const lines = (...parts: string[]): string => parts.join(" \\\n  ");

function alertmanagerText({ name, auth, username }: Hook, url: string, secret: string): string {
  const proof =
    auth === "basic"
      ? `          basic_auth: { username: "${username}", password: "${secret}" }`
      : `          authorization: { credentials: "${secret}" }`;
  return `receivers:
  - name: throughline-${name}
    webhook_configs:
      - url: ${url}
        send_resolved: true
        http_config:
${proof}
# In front of the route of your pager, so that both hear:
#   - receiver: throughline-${name}
#     continue: true`;
}

function grafanaText({ name, auth, username }: Hook, url: string, secret: string): string {
  const proof = {
    bearer: `          authorization_scheme: Bearer\n          authorization_credentials: "${secret}"`,
    basic: `          username: "${username}"\n          password: "${secret}"`,
    hmac: `          # HMAC signature (Grafana 12 and later), with the secret: ${secret}\n          # Set it on the page of the contact point.`,
  }[auth];
  return `apiVersion: 1
contactPoints:
  - orgId: 1
    name: throughline-${name}
    receivers:
      - uid: throughline-${name}
        type: webhook
        settings:
          url: ${url}
          httpMethod: POST
${proof}
        disableResolveMessage: false`;
}

function sentryText(url: string): string {
  return `Webhook URL: ${url}
Alert Rule Action: on
The secret of this hook is the integration's Client Secret.`;
}

function onCallText(hook: Hook, url: string, secret: string): string {
  const page = {
    id: "p-1",
    person: "kim@example.com",
    at: "2026-10-03T02:14:31Z",
    alert: "CheckoutSlow",
    channel: "call",
  };
  return curl(hook, url, secret, JSON.stringify({ pages: [page] }));
}
