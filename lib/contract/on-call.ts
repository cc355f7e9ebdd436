/** The on-call feed and what pages show of it. */
import { z } from "zod";
import { PAGE_REASONS } from "@/lib/domain/on-call";

const instant = z.iso.datetime({ offset: true, error: "expected a time with zone, such as 2026-10-03T02:14:00Z" });
const count = z.number().int().min(0);
const handle = z
  .string({ error: "expected the person's address or login" })
  .trim()
  .toLowerCase()
  .min(1, "expected the person's address or login")
  .max(200);
const id = z.string({ error: "expected an id" }).trim().min(1, "expected an id").max(200);

/** An IANA name that this machine knows. */
export const ZoneName = z.string().refine(isZone, "expected an IANA zone, such as Europe/Berlin");

export const FeedPage = z.strictObject({
  id,
  person: handle,
  at: instant,
  alert: z.string({ error: "expected the alert's name" }).trim().min(1, "expected the alert's name").max(300),
  fingerprint: z.string().max(64).optional(),
  service: z.string().max(120).default(""),
  channel: z.string().trim().min(1, "expected the channel, such as call, sms or push").max(60),
  step: z.number().int().min(1).max(100).default(1),
  reason: z.enum(PAGE_REASONS).default("first"),
  delivered: z.boolean().default(true),
  ackedAt: instant.optional(),
  ackedBy: handle.optional(),
  resolvedAt: instant.optional(),
  resolvedBy: z.enum(["person", "source"]).optional(),
  engagedMinutes: z.number().min(0).max(100_000).optional(),
});
export const FeedShift = z
  .strictObject({ id, person: handle, schedule: z.string().trim().max(120).default(""), from: instant, to: instant })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ["to"], message: "expected a time after from" });
export const FeedPerson = z.strictObject({
  person: handle,
  name: z.string().trim().max(120).optional(),
  team: z.string().trim().max(120).optional(),
  zone: ZoneName.optional(),
  /** From when on the zone holds; always, without. */
  from: instant.optional(),
});

/** The body of the on-call webhook. Each part may be absent. */
export const OnCallFeed = z.strictObject({
  pages: z.array(FeedPage).max(5_000).default([]),
  shifts: z.array(FeedShift).max(5_000).default([]),
  people: z.array(FeedPerson).max(5_000).default([]),
});
export type OnCallFeed = z.infer<typeof OnCallFeed>;

export const IMPORT_KINDS = ["pages", "shifts", "people"] as const;
export const ImportKind = z.enum(IMPORT_KINDS, "expected pages, shifts or people");
export type ImportKind = z.infer<typeof ImportKind>;

/** A line that was left out: what stands there is not repeated. */
export const RefusedLine = z.strictObject({ line: z.number().int().min(1), column: z.string(), detail: z.string() });
export type RefusedLine = z.infer<typeof RefusedLine>;

export const ImportResult = z.strictObject({
  what: ImportKind,
  /** Where the rows belong: `oncall/pager`, or `on-call/file` for a tool without a hook. */
  source: z.string(),
  /** True when nothing was written, because only a check was asked for. */
  checked: z.boolean(),
  /** Lines that can be taken; `new` and `known` make these. */
  rows: count,
  new: count,
  /** Told before, by the hook or a file; what the file says now holds. Lines that name one id twice count here too. */
  known: count,
  /** Pages that found their alert now. */
  matched: count,
  refused: count,
  /** The first of them. */
  refusedLines: z.array(RefusedLine),
});
export type ImportResult = z.infer<typeof ImportResult>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
