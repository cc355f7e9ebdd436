/** `npm run audit`: whether the audit trail is whole, its head, its retention, and who was shown whose data. */
import { pruneAudit, retentionStart } from "@/lib/access/audit-retention";
import { chainFaultText } from "@/lib/access/chain-fault-text";
import { isStandIn, subjectForms } from "@/lib/access/subject-forms";
import { configuration } from "@/lib/config/load-configuration";
import { mergeKeyRules } from "@/lib/config/merge-rules";
import { parseSpan } from "@/lib/contract/audit-query";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { env } from "@/lib/platform/env";
import { OperatorError } from "@/lib/platform/operator-error";
import type { ChainLink } from "@/lib/store/audit-chain";
import type { Store } from "@/lib/store/open-store";
import { type CommandArguments, required, runCommand, UsageError } from "./run-command";

const USAGE = `npm run audit -- verify [--head SEQ:HASH]
npm run audit -- head
npm run audit -- prune [--before 2026-01-01]
npm run audit -- who --subject order:48192 [--from now-30d] [--to now]

"verify" names the first entry that is not as it was written, and then exits with 1. Entries cut off at the end are only
found with --head: keep what "head" prints where nobody who can write to the database can change it.
"prune" removes what is older than AUDIT_RETENTION_DAYS, or than --before.`;

const MAX_PEOPLE = 500;

await runCommand({
  usage: USAGE,
  options: {
    head: { type: "string" },
    before: { type: "string" },
    subject: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
  },
  actions: { verify, head, prune, who },
});

async function verify({ audit }: Store, values: CommandArguments): Promise<void> {
  const kept = typeof values.head === "string" ? parseHead(values.head) : undefined;
  const report = await audit.verify({ kept });
  if (report.fault) {
    const { entries, head } = report;
    throw new OperatorError(
      `NOT IN ORDER. ${chainFaultText(report.fault, report.start)} ${counted(entries)} before it in order` +
        `${entries === 0 ? "" : `, up to ${linkText(head)}`}.`,
    );
  }
  const from = report.start.seq === 0n ? "" : `; entries up to ${String(report.start.seq)} were removed on purpose`;
  const old = report.unchained === 0 ? "" : `; the first ${String(report.unchained)} are from before the chain`;
  const gone = kept && kept.seq <= report.start.seq && kept.seq > 0n ? "; the given head was removed since" : "";
  process.stdout.write(`${counted(report.entries)} in order${from}${old}${gone}\n`);
  process.stdout.write(`head ${linkText(report.head)}\n`);
}

async function head({ audit }: Store): Promise<void> {
  process.stdout.write(`${linkText(await audit.head())}\n`);
}

async function prune(store: Store, values: CommandArguments): Promise<void> {
  const pruned = await pruneAudit(store, oldestKept(values), "command");
  const text = pruned ? `removed ${counted(pruned.removed)}, up to ${String(pruned.through)}` : "nothing to remove";
  process.stdout.write(`${text}\n`);
}

function oldestKept(values: CommandArguments): Date {
  const now = new Date();
  if (typeof values.before === "string") return spanOf({ to: values.before }, "before").to ?? now;
  const days = env().AUDIT_RETENTION_DAYS;
  if (days === undefined) throw new UsageError("--before is missing, and AUDIT_RETENTION_DAYS is not set");
  return retentionStart(days, now);
}

async function who(store: Store, values: CommandArguments): Promise<void> {
  const forms = await subjectForms(required(values, "subject"), await keyRulesOf(store), store);
  if (!forms) throw new UsageError("--subject: expected kind:value, such as order:48192, or a stand-in");
  const { people, total } = await store.audit.whoSaw(forms, MAX_PEOPLE, spanOf(values, "from"));
  const names = await store.audit.namesOf(people.map(({ actor }) => actor));
  // By a stand-in, whatever was typed: reading about somebody is on record without naming them.
  const subjects = forms.filter((form) => isStandIn(form.slice(form.indexOf(":") + 1))).slice(0, 1);
  const detail = { question: "who-saw" };
  await store.audit.append({ actor: "command", role: "none", action: "audit.read", subjects, detail });
  if (people.length === 0) process.stdout.write("nobody, as far as the trail goes\n");
  for (const { actor, role, times, firstAt, lastAt, actions, incidentCount } of people) {
    const seen = [lastAt.toISOString(), firstAt.toISOString(), String(times), String(incidentCount)];
    process.stdout.write(`${[names.get(actor) ?? actor, role, ...seen, actions.join(",")].join("\t")}\n`);
  }
  // Beside the table, so that a program that reads it is not surprised.
  if (people.length < total) process.stderr.write(`${String(people.length)} shown of ${String(total)}\n`);
}

function spanOf(values: CommandArguments, name: string) {
  const text = (value: CommandArguments[string]) => (typeof value === "string" ? value : undefined);
  const span = parseSpan({ from: text(values.from), to: text(values.to) }, Date.now());
  if ("detail" in span) throw new UsageError(`--${name === "before" ? name : span.field}: ${span.detail}`);
  return span;
}

/** The rules that the application reads ids by, without its process. */
async function keyRulesOf({ keyRules }: Store) {
  const { rules } = await keyRules.list();
  const usable = rules.flatMap(({ rule }) => (rule && checkKeyRule(rule).length === 0 ? [rule] : []));
  return compileKeyRules(mergeKeyRules(configuration().fileKeys, usable));
}

function parseHead(text: string): ChainLink {
  const match = /^(\d{1,18}):([0-9a-f]{64}|)$/.exec(text.trim());
  if (!match?.[1]) throw new UsageError('--head: expected what "head" prints, a number and a hash');
  return { seq: BigInt(match[1]), hash: match[2] ?? "" };
}

function counted(entries: number): string {
  return `${String(entries)} ${entries === 1 ? "entry" : "entries"}`;
}

function linkText({ seq, hash }: ChainLink): string {
  return `${String(seq)}:${hash}`;
}
