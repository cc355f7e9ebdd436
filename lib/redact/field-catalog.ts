/**
 * Attribute path → field class. The built-in names are in `field-classes.ts`, then key rules and the admin's own
 * entries. What nothing names is `unknown`: a leaf never gets a wider class because its last segment sounds familiar.
 */
import { SERVICE_KIND, type KeyKind } from "@/lib/domain/correlation-key";
import type { FieldClass } from "@/lib/domain/role";
import { foldName } from "@/lib/normalize/attribute-spellings";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import { EXACT_CLASSES, PERSONAL_WORDS, PREFIX_CLASSES } from "./field-classes";

const KEY_CLASS: Readonly<Record<string, FieldClass>> = {
  trace: "telemetry-id",
  request: "telemetry-id",
  session: "telemetry-id",
  account: "account-id",
  [SERVICE_KIND]: "infrastructure",
};

/** Class of a key by its kind. Configured kinds are business ids, as orders and tickets are, unless the policy says otherwise. */
export function classOfKeyKind(kind: KeyKind, keyKinds: Readonly<Record<string, FieldClass>> = {}): FieldClass {
  if (Object.hasOwn(keyKinds, kind)) return keyKinds[kind] ?? "unknown";
  return Object.hasOwn(KEY_CLASS, kind) ? (KEY_CLASS[kind] ?? "unknown") : "business-id";
}

/** Words that make a segment secret wherever they stand in it. Checked first: no rule can open them. */
const SECRET_ANYWHERE =
  /passw(?:or)?d|passphrase|passcode|secret|credential|api[_-]?key|apikey|private[_-]?key|access[_-]?key|card[_-]?number|cardnumber|cookie|authorization|csrf|xsrf|signing[_-]?key|encryption[_-]?key/;
/** Words that make it secret when they end it: `auth_token` is one, `token_count` is not. */
const SECRET_AT_END =
  /(?:^|[_.\- ])(?:pass|pwd|token|jwt|bearer|otp|totp|cvv2?|cvc2?|pin|pan|iban|ssn|sid|signature|sig)$|(?:access|refresh|session|auth|id|bearer)token$/;
/** Names of the conventions that only sound so. */
const NOT_SECRET: ReadonlySet<string> = new Set(["token.type"]);

const INFRASTRUCTURE_LIKE: ReadonlySet<FieldClass> = new Set(["infrastructure", "workflow", "telemetry-id"]);

export interface FieldCatalog {
  classOf(path: string): FieldClass;
}

interface Entries {
  readonly exact: Readonly<Record<string, FieldClass>>;
  /** Longest first. */
  readonly prefixes: readonly (readonly [string, FieldClass])[];
}

const BUILT_IN: Entries = { exact: EXACT_CLASSES, prefixes: longestFirst(Object.entries(PREFIX_CLASSES)) };

/** `extra`: the admin's own entries, exact paths or `prefix.*`; they win over all but secrets. */
export function compileFieldCatalog(
  extra: Readonly<Record<string, FieldClass>>,
  keys: CompiledKeyRules,
  keyKinds: Readonly<Record<string, FieldClass>> = {},
): FieldCatalog {
  const remembered = new Map<string, FieldClass>();
  const starred = Object.entries(extra).filter(([path]) => path.endsWith(".*"));
  const own: Entries = {
    exact: extra,
    prefixes: longestFirst(starred.map(([path, fieldClass]) => [path.slice(0, -1), fieldClass] as const)),
  };
  return {
    classOf(path) {
      let known = remembered.get(path);
      if (known === undefined) {
        known = classify(path, own, keys, keyKinds);
        if (remembered.size < 20_000) remembered.set(path, known);
      }
      return known;
    },
  };
}

function classify(
  path: string,
  own: Entries,
  keys: CompiledKeyRules,
  keyKinds: Readonly<Record<string, FieldClass>>,
): FieldClass {
  const segments = path.split(".").filter((segment) => !/^\d+$/.test(segment));
  const shape = segments.join(".");
  if (isSecretPath(segments)) return "secret";
  const last = segments.at(-1) ?? "";
  const configured = exactly(own, path) ?? exactly(own, shape);
  if (configured) return configured;
  const below = under(own, shape);
  if (below) return narrowed(below, last);
  const rule = keys.forAttribute(shape)[0];
  if (rule) return classOfKeyKind(rule.rule.kind, keyKinds);
  const lower = shape.toLowerCase();
  return exactly(BUILT_IN, lower) ?? narrowed(under(BUILT_IN, lower) ?? "unknown", last);
}

/** Anything under a secret is secret too: `password.value`, `cookies.0`. */
function isSecretPath(segments: readonly string[]): boolean {
  return segments.some((segment, i) => {
    const name = segment.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
    if (SECRET_ANYWHERE.test(name)) return true;
    return SECRET_AT_END.test(name) && !NOT_SECRET.has(`${name}.${segments[i + 1] ?? ""}`);
  });
}

/** A label or tag about a person is about a person, whatever else its parent holds. */
function narrowed(fieldClass: FieldClass, last: string): FieldClass {
  return INFRASTRUCTURE_LIKE.has(fieldClass) && namesPerson(last) ? "personal" : fieldClass;
}

/** True for `customer_email` and `firstName`: the last word says that the value is about a person. */
export function namesPerson(segment: string): boolean {
  const words = segment
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[_\- /]+/);
  return PERSONAL_WORDS.has(words.at(-1) ?? "") || PERSONAL_WORDS.has(foldName(segment));
}

function exactly({ exact }: Entries, path: string): FieldClass | undefined {
  return Object.hasOwn(exact, path) ? exact[path] : undefined;
}

function under({ prefixes }: Entries, path: string): FieldClass | undefined {
  return prefixes.find(([start]) => path.startsWith(start))?.[1];
}

function longestFirst(entries: readonly (readonly [string, FieldClass])[]) {
  return [...entries].sort(([a], [b]) => b.length - a.length);
}
