/**
 * The plain sentence of a row, from approved words only: configured sentence rules first, then one default per kind.
 * Every role may read it, so nothing of the record's own text can pass, except a value listed in the rule.
 */
import type { SentenceRule } from "@/lib/domain/service-catalog";
import type { EventKind, TimelineEvent } from "@/lib/domain/timeline-event";
import { foldName } from "./attribute-spellings";
import type { CanonicalService } from "./canonical-names";
import { compilePattern, type CompiledPattern } from "./compile-pattern";

export interface EventDescription {
  readonly kind: EventKind;
  readonly sentence: string;
  /** True when a configured rule matched: the sentence says what really happened. */
  readonly specific: boolean;
}

export interface SentenceBook {
  describe(event: TimelineEvent, service: CanonicalService | null): EventDescription;
}

interface CompiledSentence {
  readonly rule: SentenceRule;
  readonly text: CompiledPattern | undefined;
  readonly slots: readonly string[];
}

/** Throws when a pattern is not valid RE2; the message names the sentence. */
export function compileSentenceBook(rules: readonly SentenceRule[]): SentenceBook {
  const compiled = rules.map(compileSentence);
  const byService = new Map<string, readonly CompiledSentence[]>();
  const candidates = (name: string): readonly CompiledSentence[] => {
    let found = byService.get(name);
    if (!found) {
      found = compiled.filter(({ rule }) => rule.service === undefined || foldName(rule.service) === foldName(name));
      if (byService.size < 10_000) byService.set(name, found);
    }
    return found;
  };
  return {
    describe(event, service) {
      const display = service?.listed ? service.displayName : "a service";
      for (const sentence of candidates(service?.name ?? "")) {
        const say = applySentence(sentence, event, display);
        if (say !== undefined) return { kind: sentence.rule.as ?? event.kind, sentence: say, specific: true };
      }
      return { kind: event.kind, sentence: capital(defaultSentence(event, display)), specific: false };
    },
  };
}

function compileSentence(rule: SentenceRule): CompiledSentence {
  try {
    return {
      rule,
      text: rule.text === undefined ? undefined : compilePattern(rule.text),
      slots: [...rule.say.matchAll(/\{([a-z][A-Za-z0-9]*)\}/g)].map((m) => m[1] ?? "").filter((n) => n !== "service"),
    };
  } catch (cause) {
    throw new Error(`sentence "${rule.say}": not a valid RE2 pattern`, { cause });
  }
}

function applySentence({ rule, text, slots }: CompiledSentence, event: TimelineEvent, display: string) {
  if (rule.kind !== undefined && rule.kind !== event.kind) return undefined;
  if (rule.outcome !== undefined && rule.outcome !== event.outcome) return undefined;
  const names = Object.keys(rule.values);
  const groups =
    text === undefined ? {} : (text.findGroups(event.title, names) ?? text.findGroups(event.text ?? "", names));
  if (!groups) return undefined;
  let say = rule.say.replaceAll("{service}", display);
  for (const slot of slots) {
    const value = groups[slot] ?? "";
    if (!(rule.values[slot] ?? []).includes(value)) return undefined;
    say = say.replaceAll(`{${slot}}`, value.replace(/[_-]+/g, " "));
  }
  return capital(say);
}

function defaultSentence(event: TimelineEvent, display: string): string {
  const the = display === "a service" ? display : `the ${display}`;
  const failed = event.outcome === "error";
  switch (event.kind) {
    case "log":
      if (failed) return `${the} reported an error.`;
      return event.outcome === "warning" ? `${the} reported a warning.` : `${the} made a note in its log.`;
    case "span":
      return spanSentence(event, the, failed);
    case "error":
      return `${the} ran into an error.`;
    case "alert":
      return `An alert about ${the} started.`;
    case "deploy":
      return `A new version of ${the} was released.`;
    case "job-run":
      return failed ? `${the} did not finish a job.` : `${the} ran a job.`;
    case "metric-step":
      return `A measurement of ${the} was recorded.`;
    case "staff-action":
      return `A staff member acted in ${the}.`;
    case "note":
      return "Someone left a note.";
  }
}

function spanSentence(event: TimelineEvent, the: string, failed: boolean): string {
  switch (event.span?.spanKind) {
    case "client":
      return failed ? `${the} asked another service and got an error.` : `${the} asked another service.`;
    case "producer":
      return failed ? `${the} could not send a message.` : `${the} sent a message.`;
    case "consumer":
      return failed ? `${the} could not process a message.` : `${the} processed a message.`;
    case "server":
      return failed ? `${the} could not answer a request.` : `${the} answered a request.`;
    default:
      return failed ? `a step in ${the} failed.` : `${the} did a step of its work.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
