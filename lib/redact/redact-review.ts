/** A month's review as one role may read it: measures, decisions, words, signatures, and the rows behind a number. Pure. */
import type { DecisionView, FigureRows, ImpactView, ReviewView } from "@/lib/contract/review";
import { readNote } from "./read-note";
import { redactReport, type ReportReader } from "./redact-report";
import { redactReportNames, countedService } from "./redact-report-names";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

/** `suppressed` of the view is told by the redaction: what is given is dropped. */
export function redactReview(view: ReviewView, reader: ReportReader, context: RedactionContext): Redacted<ReviewView> {
  const { report, suppressed } = redactReport(view.report, reader);
  const decision = (one: DecisionView) => decisionAsRead(one, context);
  const readsNotes = context.base.reads("note");
  return Redacted.seal({
    ...view,
    report: redactReportNames(report, context),
    summary: readNote(view.summary, context.base, context),
    decisions: view.decisions.map(decision),
    carriedOver: view.carriedOver.map(decision),
    lastMonth: view.lastMonth.map(decision),
    signatures: view.signatures.map((one) => ({ ...one, by: staffName(one.by, context.base) })),
    listed: view.listed.map((one) => ({ ...one, label: readListed(one, context) })),
    suppressed: [...suppressed, ...(readsNotes ? [] : ["notes"])],
  });
}

export function redactDecision(decision: DecisionView, context: RedactionContext): Redacted<DecisionView> {
  return Redacted.seal(decisionAsRead(decision, context));
}

function decisionAsRead(decision: DecisionView, context: RedactionContext): DecisionView {
  const { base } = context;
  const { expected, second } = decision;
  return {
    ...decision,
    ruleName: context.scrub(decision.ruleName),
    // An owner may be a team or a person by name.
    owner: staffName(decision.owner, base),
    why: readNote(decision.why, base, context),
    expected: { ...expected, words: readNote(expected.words, base, context) },
    by: staffName(decision.by, base),
    second: second === null ? null : staffName(second, base),
  };
}

/** A rule is told by its name; a silence by its matchers: values of labels, which may be hosts. */
function readListed({ kind, label }: ReviewView["listed"][number], context: RedactionContext): string {
  return kind === "never-fired" || context.base.seesInfrastructure ? context.scrub(label) : "hidden for your role";
}

/** A row behind a number, before anybody reads it. */
export interface CountedRow extends Omit<FigureRows["rows"][number], "detail"> {
  readonly words: string;
  /** Who was paged. */
  readonly person?: { readonly id: string; readonly name: string };
}

interface CountedRows {
  readonly total: number;
  readonly rows: readonly CountedRow[];
  readonly next: string | null;
}

export function redactFigureRows(
  { total, rows, next }: CountedRows,
  reader: ReportReader,
  context: RedactionContext,
): Redacted<FigureRows> {
  return Redacted.seal({ total, next, rows: rows.map((row) => rowAsRead(row, reader, context)) });
}

function rowAsRead(
  { words, person, ...row }: CountedRow,
  reader: ReportReader,
  context: RedactionContext,
): FigureRows["rows"][number] {
  const { base } = context;
  // What hit customers is told in somebody's own words; an alert is told by its name.
  const label = row.kind === "impact" ? readNote(row.label, base, context) : context.scrub(row.label);
  const mayName = person !== undefined && (reader.readsPeople || reader.own.has(person.id));
  const who = person === undefined ? [] : [mayName ? person.name : "a colleague"];
  return {
    ...row,
    label: label === "" ? "hidden for your role" : label,
    service: countedService(row.service, context),
    detail: [...who, words].join(" "),
  };
}

export function redactImpacts(
  impacts: readonly ImpactView[],
  context: RedactionContext,
): Redacted<{ impacts: ImpactView[] }> {
  return Redacted.seal({ impacts: impacts.map((one) => impactAsRead(one, context)) });
}

export function redactImpact(impact: ImpactView, context: RedactionContext): Redacted<ImpactView> {
  return Redacted.seal(impactAsRead(impact, context));
}

function impactAsRead(impact: ImpactView, context: RedactionContext): ImpactView {
  const title = readNote(impact.title, context.base, context);
  return {
    ...impact,
    title: title === "" ? "hidden for your role" : title,
    service: countedService(impact.service, context),
    setBy: staffName(impact.setBy, context.base),
  };
}
