/**
 * Attribute path → field class. OpenTelemetry names as they are (semantic conventions 1.45), common logger and
 * Kubernetes names, then key rules. What nothing names is `unknown`.
 */
import type { KeyKind } from "@/lib/domain/correlation-key";
import type { FieldClass } from "@/lib/domain/role";
import { foldName } from "@/lib/normalize/attribute-spellings";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";

const KEY_CLASS: Readonly<Record<string, FieldClass>> = {
  trace: "telemetry-id",
  request: "telemetry-id",
  session: "telemetry-id",
  account: "account-id",
};

/** Class of a key by its kind. Configured kinds are business ids, as orders and tickets are, unless the policy says otherwise. */
export function classOfKeyKind(kind: KeyKind, keyKinds: Readonly<Record<string, FieldClass>> = {}): FieldClass {
  if (Object.hasOwn(keyKinds, kind)) return keyKinds[kind] ?? "unknown";
  return Object.hasOwn(KEY_CLASS, kind) ? (KEY_CLASS[kind] ?? "unknown") : "business-id";
}

/** Words that make a leaf secret wherever they stand in its last segment. Checked first: no rule can open them. */
const SECRET =
  /pass(?:word|wd|phrase)?$|secret|(?:^|[_.-])(?:token|authorization|cookie|cvv|cvc|pin)$|api[_.-]?key|private[_.-]?key|credential|card[_.-]?number|^pan$|set-cookie|accesstoken|refreshtoken|sessiontoken/i;

const PREFIXES: readonly (readonly [prefix: string, FieldClass])[] = [
  ["http.request.header.", "secret"],
  ["http.response.header.", "secret"],
  ["http.request.body", "text"],
  ["http.response.body", "text"],
  ["resource.k8s.", "infrastructure"],
  ["resource.host.", "infrastructure"],
  ["resource.os.", "infrastructure"],
  ["resource.process.", "infrastructure"],
  ["resource.container.", "infrastructure"],
  ["resource.cloud.", "infrastructure"],
  ["resource.telemetry.", "infrastructure"],
  ["resource.service.", "infrastructure"],
  ["resource.deployment.", "infrastructure"],
  ["k8s.", "infrastructure"],
  ["host.", "infrastructure"],
  ["container.", "infrastructure"],
  ["process.", "infrastructure"],
  ["cloud.", "infrastructure"],
  ["net.", "infrastructure"],
  ["network.", "infrastructure"],
  ["server.", "infrastructure"],
  ["rpc.", "infrastructure"],
  ["messaging.", "infrastructure"],
  ["scope.", "infrastructure"],
  ["otel.", "infrastructure"],
  ["thread.", "infrastructure"],
  ["label.", "infrastructure"],
  ["alert.", "infrastructure"],
  ["db.", "code"],
  ["code.", "code"],
  ["exception.", "code"],
  ["annotation.", "text"],
  ["client.", "personal"],
  ["user.", "personal"],
  ["enduser.", "personal"],
];

const EXACT: Readonly<Record<string, FieldClass>> = {
  "http.request.method": "workflow",
  "http.method": "workflow",
  "http.response.status_code": "infrastructure",
  "http.status_code": "infrastructure",
  "http.route": "infrastructure",
  "url.path": "text",
  "url.full": "text",
  "url.query": "text",
  "http.url": "text",
  "http.target": "text",
  "url.scheme": "infrastructure",
  "db.system": "infrastructure",
  "db.system.name": "infrastructure",
  "db.operation.name": "infrastructure",
  "user_agent.original": "personal",
  "alert.name": "infrastructure",
  service: "infrastructure",
  service_name: "infrastructure",
  "service.name": "infrastructure",
  "service.version": "infrastructure",
  version: "infrastructure",
  release: "infrastructure",
  culprit: "code",
  environment: "infrastructure",
  env: "infrastructure",
  namespace: "infrastructure",
  pod: "infrastructure",
  container: "infrastructure",
  node: "infrastructure",
  region: "infrastructure",
  cluster: "infrastructure",
  instance: "infrastructure",
  host: "infrastructure",
  hostname: "infrastructure",
  job: "infrastructure",
  app: "infrastructure",
  level: "workflow",
  severity: "workflow",
  detected_level: "workflow",
  severity_text: "workflow",
  severity_number: "workflow",
  logger: "infrastructure",
  caller: "code",
  ts: "workflow",
  time: "workflow",
  timestamp: "workflow",
  stream: "infrastructure",
  duration: "infrastructure",
  duration_ms: "infrastructure",
  msg: "text",
  message: "text",
  log: "text",
  error: "code",
  err: "code",
  stack: "code",
  stacktrace: "code",
  sql: "code",
  query: "code",
  statement: "code",
  email: "personal",
  phone: "personal",
  name: "personal",
  address: "personal",
  ip: "personal",
  client_ip: "personal",
  remote_addr: "personal",
  staff: "staff",
  "staff.id": "staff",
  "staff.email": "staff",
  "staff.name": "staff",
  agent: "staff",
  actor: "staff",
  note: "note",
  comment: "note",
  "throughline.dropped_attributes": "workflow",
};

const LAST_SEGMENT: Readonly<Record<string, FieldClass>> = {
  email: "personal",
  mail: "personal",
  phone: "personal",
  firstname: "personal",
  lastname: "personal",
  fullname: "personal",
  street: "personal",
  iban: "secret",
  spanid: "telemetry-id",
  parentspanid: "telemetry-id",
  traceflags: "telemetry-id",
};

export interface FieldCatalog {
  classOf(path: string): FieldClass;
}

/** `extra`: the admin's own entries, exact paths or `prefix.*`; they win over all but secrets. */
export function compileFieldCatalog(
  extra: Readonly<Record<string, FieldClass>>,
  keys: CompiledKeyRules,
  keyKinds: Readonly<Record<string, FieldClass>> = {},
): FieldCatalog {
  const remembered = new Map<string, FieldClass>();
  const extraPrefixes = Object.entries(extra)
    .filter(([path]) => path.endsWith(".*"))
    .map(([path, fieldClass]) => [path.slice(0, -1), fieldClass] as const)
    .sort(([a], [b]) => b.length - a.length);
  return {
    classOf(path) {
      let known = remembered.get(path);
      if (known === undefined) {
        known = classify(path, extra, extraPrefixes, keys, keyKinds);
        if (remembered.size < 20_000) remembered.set(path, known);
      }
      return known;
    },
  };
}

function classify(
  path: string,
  extra: Readonly<Record<string, FieldClass>>,
  extraPrefixes: readonly (readonly [string, FieldClass])[],
  keys: CompiledKeyRules,
  keyKinds: Readonly<Record<string, FieldClass>>,
): FieldClass {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (SECRET.test(last) || SECRET.test(path)) return "secret";
  if (Object.hasOwn(extra, path)) return extra[path] ?? "unknown";
  const configured = extraPrefixes.find(([prefix]) => path.startsWith(prefix));
  if (configured) return configured[1];
  const rule = keys.forAttribute(path)[0];
  if (rule) return classOfKeyKind(rule.rule.kind, keyKinds);
  const lower = path.toLowerCase();
  if (Object.hasOwn(EXACT, lower)) return EXACT[lower] ?? "unknown";
  const prefix = PREFIXES.find(([start]) => lower.startsWith(start));
  if (prefix) return prefix[1];
  const folded = foldName(last);
  return Object.hasOwn(LAST_SEGMENT, folded) ? (LAST_SEGMENT[folded] ?? "unknown") : "unknown";
}
