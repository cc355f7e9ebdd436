/**
 * The environment, read once. The only file that touches `process.env`: everything else gets its settings as arguments.
 *
 * An empty value counts as absent, because compose files and shells set `LOKI_URL=` when they mean nothing.
 */
import "server-only";
import { z } from "zod";
import { OperatorError } from "./operator-error";
import { readAddressRanges } from "./ssrf-guard";

const url = z.url({ protocol: /^https?$/, error: "an http(s) URL" });
const text = z.string({ error: "a text" });
const secret = z.string().min(32, "at least 32 characters");

function positive(unit: string, most: number) {
  const expected = `a number of ${unit} above 0, at most ${String(most)}`;
  return z.coerce.number({ error: expected }).positive(expected).max(most, expected);
}

function sourceVariables<Name extends string>(name: Name) {
  const variables = {
    [`${name}_URL`]: url.optional(),
    [`${name}_TOKEN`]: text.optional(),
    [`${name}_USERNAME`]: text.optional(),
    [`${name}_PASSWORD`]: text.optional(),
    [`${name}_TENANT`]: text.max(150, "at most 150 characters").optional(),
  };
  // Computed keys widen to `string`; the five keys above are exactly those of the type below.
  return variables as Record<`${Name}_URL`, z.ZodOptional<typeof url>> &
    Record<`${Name}_${"TOKEN" | "USERNAME" | "PASSWORD" | "TENANT"}`, z.ZodOptional<typeof text>>;
}

const Variables = z.object({
  PORT: z.coerce
    .number({ error: "a port number" })
    .int("a port number")
    .min(0, "a port number")
    .max(65_535, "a port number")
    .default(3000),
  /** Embedded database, generated key, exports. */
  DATA_DIR: text.default("./.data"),
  /** Absent: the embedded database in DATA_DIR. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "a postgresql:// URL" }).optional(),
  NEXTAUTH_URL: url.optional(),
  NEXTAUTH_SECRET: secret.optional(),
  /** Encryption and pseudonyms. Absent: created in DATA_DIR. */
  THROUGHLINE_KEY: secret.optional(),
  /** Path of a file with the key in its first line and former keys below, instead of THROUGHLINE_KEY. */
  THROUGHLINE_KEY_FILE: text.optional(),
  /** Former keys, by comma or line: what they sealed stays readable until it is sealed anew. */
  THROUGHLINE_PREVIOUS_KEYS: secret.optional(),
  /** From sign-in to the end of a session, however busy. */
  SESSION_HOURS: positive("hours", 24 * 30).default(8),
  /** How long audit entries are kept. Absent: for ever. */
  AUDIT_RETENTION_DAYS: positive("days", 36_500).optional(),
  /** Without a request a session ends after so long. */
  SESSION_IDLE_MINUTES: positive("minutes", 60 * 24 * 30).default(120),
  /** Reverse proxies in front, whose entries in X-Forwarded-For may be believed. */
  TRUSTED_PROXIES: z.coerce
    .number({ error: "a whole number from 0 to 10" })
    .int("a whole number from 0 to 10")
    .min(0, "a whole number from 0 to 10")
    .max(10, "a whole number from 0 to 10")
    .default(0),
  /** Whether a start without an admin prints a one-time link that makes one. */
  SETUP_LINK: z.enum(["on", "off"], { error: "on or off" }).default("on"),
  /** Path of throughline.yaml. */
  THROUGHLINE_CONFIG: text.optional(),
  ...sourceVariables("LOKI"),
  ...sourceVariables("TEMPO"),
  ...sourceVariables("PROMETHEUS"),
  ...sourceVariables("ALERTMANAGER"),
  ...sourceVariables("SENTRY"),
  /** Private ranges that sources made on the admin page may use, by comma. Never cloud metadata. */
  SOURCE_PRIVATE_CIDRS: text
    .refine((list) => readAddressRanges(list) !== undefined, "ranges such as 10.0.0.0/8, by comma")
    .optional(),
  SENTRY_ORG: z
    .string()
    .regex(/^[a-z0-9_-]+$/i, "an organisation slug")
    .optional(),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  /** Shown on the sign-in button. */
  OIDC_NAME: text.max(60, "at most 60 characters").default("SSO"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
});

export type Env = z.infer<typeof Variables>;

/** Every variable the server reads, for `.env.example` and the docs. */
export const ENV_NAMES: readonly string[] = Object.keys(Variables.shape);

const Environment = Variables.superRefine((env, context) => {
  const need = (name: string, expected: string) =>
    context.addIssue({ code: "custom", path: [name], message: expected });
  for (const source of ["LOKI", "TEMPO", "PROMETHEUS", "ALERTMANAGER", "SENTRY"] as const) {
    const { url: address, username, password, rest } = sourceGroup(env, source);
    if (address === undefined && rest.length > 0)
      need(`${source}_URL`, `an http(s) URL, because ${rest.join(", ")} is set`);
    if ((username === undefined) !== (password === undefined)) {
      need(`${source}_PASSWORD`, `${source}_USERNAME and ${source}_PASSWORD together, or neither`);
    }
  }
  if (env.SENTRY_URL !== undefined && env.SENTRY_ORG === undefined) need("SENTRY_ORG", "set together with SENTRY_URL");
  if (env.THROUGHLINE_KEY !== undefined && env.THROUGHLINE_KEY_FILE !== undefined) {
    need("THROUGHLINE_KEY_FILE", "THROUGHLINE_KEY or THROUGHLINE_KEY_FILE, not both");
  }
  const oidc = (["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const).filter(
    (name) => env[name] === undefined,
  );
  if (oidc.length > 0 && oidc.length < 3) {
    for (const name of oidc) need(name, "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none");
  }
});

function sourceGroup(env: Env, source: "LOKI" | "TEMPO" | "PROMETHEUS" | "ALERTMANAGER" | "SENTRY") {
  const rest = ([`${source}_TOKEN`, `${source}_USERNAME`, `${source}_PASSWORD`, `${source}_TENANT`] as const).filter(
    (name) => env[name] !== undefined,
  );
  return { url: env[`${source}_URL`], username: env[`${source}_USERNAME`], password: env[`${source}_PASSWORD`], rest };
}

/**
 * Parses an environment. Pure. Throws one `OperatorError` that names every bad variable and what was expected; values
 * are never repeated, since half of them are secrets.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const present = Object.fromEntries(
    ENV_NAMES.map((name) => [name, source[name]?.trim()]).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: expected ${issue.message}`);
  throw new OperatorError(`The environment is not usable:\n${[...new Set(lines)].join("\n")}`);
}

let memoised: Env | undefined;

/** The environment of this process. Parsed at the first call; throws as `readEnv` does. */
export function env(): Env {
  memoised ??= readEnv(process.env);
  return memoised;
}
