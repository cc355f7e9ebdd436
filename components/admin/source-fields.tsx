"use client";

/** The fields of a source, those of its kind only; each with what it means in one line. */
import { useId, type ReactNode } from "react";
import type { SourceForm, SourceProblem, SourceTextField } from "@/lib/client/source-form";
import type { SourceView } from "@/lib/contract/source";
import { SOURCE_KINDS, type SourceKind } from "@/lib/domain/source-id";
import { RuleField } from "./rule-field";
import { SecretField } from "./secret-field";

interface FieldLook {
  readonly field: SourceTextField;
  readonly label: string;
  readonly hint: string;
  readonly rows?: number;
  readonly mono?: boolean;
  /** All kinds when absent. */
  readonly of?: readonly SourceKind[];
}

const PLACE: readonly FieldLook[] = [
  { field: "name", label: "Name", hint: "Second half of the id loki/product. It cannot be changed later." },
  {
    field: "url",
    label: "Address",
    hint: "A path before the API, such as Mimir's /prometheus, belongs here.",
    mono: true,
  },
];
const REACH: readonly FieldLook[] = [
  {
    field: "tenant",
    label: "Tenant",
    hint: "Sent in the tenant header. Empty: none.",
    of: ["loki", "tempo", "prometheus"],
  },
  { field: "org", label: "Organisation", hint: "The slug in Sentry's addresses.", of: ["sentry"] },
];
const MORE: readonly FieldLook[] = [
  { field: "projects", label: "Projects", hint: "Slugs, one a line. Empty: all.", rows: 2, mono: true, of: ["sentry"] },
  {
    field: "selector",
    label: "Selector",
    hint: 'What every query starts from. Empty: {service_name=~".+"}.',
    mono: true,
    of: ["loki"],
  },
  {
    field: "keyLabels",
    label: "Key labels",
    hint: "Index labels that may hold an id, one a line.",
    rows: 2,
    mono: true,
    of: ["loki"],
  },
  { field: "red.serviceLabel", label: "Service label", hint: "Of the metrics below.", mono: true, of: ["prometheus"] },
  { field: "red.requestsMetric", label: "Requests", hint: "A counter.", mono: true, of: ["prometheus"] },
  { field: "red.errorMatcher", label: "Errors", hint: "What marks a failed request.", mono: true, of: ["prometheus"] },
  { field: "red.durationMetric", label: "Duration", hint: "A histogram in seconds.", mono: true, of: ["prometheus"] },
  { field: "retentionDays", label: "Kept for days", hint: "When the source cannot tell. Older ranges become a gap." },
  {
    field: "grafana.url",
    label: "Grafana",
    hint: "For links to Explore. Empty: none.",
    mono: true,
    of: ["loki", "tempo", "prometheus"],
  },
  {
    field: "grafana.datasourceUid",
    label: "Data source uid",
    hint: "In that Grafana.",
    mono: true,
    of: ["loki", "tempo", "prometheus"],
  },
];

export function SourceFields({
  form,
  secrets,
  problem,
  isNew,
  onChange,
}: {
  form: SourceForm;
  secrets: SourceView["secrets"];
  problem: SourceProblem | undefined;
  isNew: boolean;
  onChange: (form: SourceForm) => void;
}) {
  const problemAt = (field: string) => (problem?.field === field ? problem.detail : undefined);
  const texts = (looks: readonly FieldLook[]): ReactNode =>
    looks
      .filter(({ of }) => of === undefined || of.includes(form.kind))
      .map(({ field, label, hint, rows, mono = false }) => (
        <RuleField
          key={field}
          {...{ label, hint, mono }}
          {...(rows !== undefined && { rows })}
          value={form.text[field]}
          problem={problemAt(field)}
          readOnly={field === "name" && !isNew}
          onChange={(value) => {
            onChange({ ...form, text: { ...form.text, [field]: value } });
          }}
        />
      ));
  const isHttp = /^http:/i.test(form.text.url);
  return (
    <>
      <Choice
        label="Kind"
        value={form.kind}
        options={SOURCE_KINDS}
        disabled={!isNew}
        onChange={(kind) => {
          onChange({ ...form, kind });
        }}
      />
      {texts(PLACE)}
      {(isHttp || form.plainHttp) && (
        <div className="mb-3">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={form.plainHttp}
              onChange={(event) => {
                onChange({ ...form, plainHttp: event.target.checked });
              }}
            />
            Plain http is meant: credentials and evidence travel readable
          </label>
          <p role="alert" className="text-small text-error">
            {problemAt("plainHttp") !== undefined && `✕ ${problemAt("plainHttp") ?? ""}`}
          </p>
        </div>
      )}
      <Choice
        label="Audience"
        value={form.audience}
        options={["product", "internal"]}
        disabled={false}
        onChange={(audience) => {
          onChange({ ...form, audience });
        }}
      />
      <SecretField
        label="Token"
        hint="Sent as a bearer token. Write-only: it is never shown again."
        state={secrets.token}
        wish={form.token}
        problem={problemAt("token")}
        readOnly={false}
        onChange={(token) => {
          onChange({ ...form, token });
        }}
      />
      {texts([{ field: "username", label: "User name", hint: "For basic authentication, instead of a token." }])}
      <SecretField
        label="Password"
        hint="Write-only, as the token."
        state={secrets.password}
        wish={form.password}
        problem={problemAt("password")}
        readOnly={false}
        onChange={(password) => {
          onChange({ ...form, password });
        }}
      />
      {texts(REACH)}
      {form.text.tenant !== "" && (
        <Choice
          label="Tenant header"
          value={form.tenantHeader}
          options={["X-Scope-OrgID", "THANOS-TENANT"]}
          disabled={false}
          onChange={(tenantHeader) => {
            onChange({ ...form, tenantHeader });
          }}
        />
      )}
      {texts(MORE)}
    </>
  );
}

function Choice<Value extends string>({
  label,
  value,
  options,
  disabled,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly Value[];
  disabled: boolean;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="block font-strong">
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        className="h-7 rounded-md border border-line-strong bg-raised px-2"
        onChange={(event) => {
          const chosen = options.find((option) => option === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </div>
  );
}
