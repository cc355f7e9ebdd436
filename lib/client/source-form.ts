/** A source as the fields of a form hold it: lists and numbers are text, a secret is a wish. Pure. */
import { SourceDraft, type SourceView } from "@/lib/contract/source";

/** `keep` what is stored, `replace` it by the typed text, or `clear` it. */
export interface SecretWish {
  readonly mode: "keep" | "replace" | "clear";
  readonly value: string;
}

/** Names of text fields are those of the draft; a dot leads into a part of it. */
export const SOURCE_TEXT_FIELDS = [
  "name",
  "url",
  "username",
  "tenant",
  "org",
  "projects",
  "selector",
  "keyLabels",
  "retentionDays",
  "grafana.url",
  "grafana.datasourceUid",
  "grafana.orgId",
  "red.serviceLabel",
  "red.requestsMetric",
  "red.errorMatcher",
  "red.durationMetric",
] as const;
export type SourceTextField = (typeof SOURCE_TEXT_FIELDS)[number];

export interface SourceForm {
  readonly kind: SourceDraft["kind"];
  readonly plainHttp: boolean;
  readonly audience: SourceDraft["audience"];
  readonly tenantHeader: SourceDraft["tenantHeader"];
  readonly text: Readonly<Record<SourceTextField, string>>;
  readonly token: SecretWish;
  readonly password: SecretWish;
}

export interface SourceProblem {
  /** Of the draft; undefined when no field of the form is meant. */
  readonly field: string | undefined;
  readonly detail: string;
}

export type ReadSourceForm =
  { readonly ok: true; readonly draft: SourceDraft } | { readonly ok: false; readonly problem: SourceProblem };

const NEW: NonNullable<SourceView["settings"]> = SourceDraft.omit({ token: true, password: true }).parse({
  kind: "loki",
  url: "https://",
});

/** Of what is stored; a new source without. */
export function sourceForm(view: Pick<SourceView, "settings" | "secrets"> | undefined): SourceForm {
  const draft = view?.settings ?? NEW;
  const secret = (state: "set" | "unset" | undefined): SecretWish => ({
    mode: state === "set" ? "keep" : "replace",
    value: "",
  });
  const { kind, plainHttp, audience, tenantHeader, grafana, red } = draft;
  return {
    ...{ kind, plainHttp, audience, tenantHeader },
    token: secret(view?.secrets.token),
    password: secret(view?.secrets.password),
    text: {
      ...{ name: draft.name, url: draft.url, username: draft.username, tenant: draft.tenant, org: draft.org },
      projects: draft.projects.join("\n"),
      selector: draft.selector,
      keyLabels: draft.keyLabels.join("\n"),
      retentionDays: draft.retentionDays === null ? "" : String(draft.retentionDays),
      "grafana.url": grafana?.url ?? "",
      "grafana.datasourceUid": grafana?.datasourceUid ?? "",
      "grafana.orgId": String(grafana?.orgId ?? 1),
      "red.serviceLabel": red.serviceLabel,
      "red.requestsMetric": red.requestsMetric,
      "red.errorMatcher": red.errorMatcher,
      "red.durationMetric": red.durationMetric,
    },
  };
}

/** The draft, or the first field that is wrong and what was expected there. */
export function readSourceForm({ text, token, password, ...rest }: SourceForm): ReadSourceForm {
  const grafana = { url: text["grafana.url"].trim(), datasourceUid: text["grafana.datasourceUid"].trim() };
  const parsed = SourceDraft.safeParse({
    ...rest,
    ...{ name: text.name.trim(), url: text.url, username: text.username, tenant: text.tenant, org: text.org.trim() },
    ...{ projects: entries(text.projects), selector: text.selector, keyLabels: entries(text.keyLabels) },
    retentionDays: text.retentionDays.trim() === "" ? null : Number(text.retentionDays),
    grafana:
      grafana.url === "" && grafana.datasourceUid === "" ? null : { ...grafana, orgId: Number(text["grafana.orgId"]) },
    red: {
      serviceLabel: text["red.serviceLabel"].trim(),
      requestsMetric: text["red.requestsMetric"].trim(),
      errorMatcher: text["red.errorMatcher"],
      durationMetric: text["red.durationMetric"].trim(),
    },
    ...wished("token", token),
    ...wished("password", password),
  });
  if (parsed.success) return { ok: true, draft: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, problem: sourceProblem(issue?.path.join("."), issue?.message ?? "") };
}

/** Our words for the field that is meant, as a sentence. Entries of a list belong to the list. */
export function sourceProblem(path: string | undefined, message: string): SourceProblem {
  const field = path?.replace(/^(draft|source)\.(?=.)/, "").replace(/\.\d+$/, "");
  const sentence = /^[Ee]xpected /.test(message) ? `E${message.slice(1)}` : "Expected another value.";
  return { field, detail: /[.!?]$/.test(sentence) ? sentence : `${sentence}.` };
}

function wished(field: "token" | "password", { mode, value }: SecretWish): object {
  if (mode === "clear") return { [field]: null };
  return mode === "keep" || value === "" ? {} : { [field]: value };
}

function entries(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
