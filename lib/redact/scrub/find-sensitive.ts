/** All that the detectors find in a text, in every layer of its encoding, as parts of the original. */
import { DETECTORS, type Detector } from "./detectors";
import { encodedRuns } from "./encoded-runs";
import { blot, protectShapes, type Protect } from "./protected-ids";
import { type Finding, type Span } from "./span";
import { textLayers } from "./text-layers";
import { ENCODED } from "./decode-once";

/** Base64 of base64; what is wrapped more often is found by nobody who reads the text either. */
const MAX_WRAPPED = 2;

/** A text that fits none of these holds nothing that a decoder or a detector would look at. One pattern per case rule. */
const WORTH_A_LOOK = ["i", ""].map((flags) => {
  const hints = [ENCODED, ...DETECTORS.map(({ hint }) => hint)].filter((hint) => hint.flags === flags);
  return new RegExp(hints.map(({ source }) => `(?:${source})`).join("|"), flags);
});

/** False for most lines: two tests, a look for long runs, and they are done. */
export function isWorthALook(text: string): boolean {
  return WORTH_A_LOOK.some((pattern) => pattern.test(text)) || encodedRuns(text).length > 0;
}

/** In any order, may overlap. Throws when the text cannot be read to its end. */
export function findSensitive(text: string, protect: Protect | undefined, wrapped = 0): Finding[] {
  const findings: Finding[] = [];
  for (const layer of textLayers(text)) {
    const found = [...inLayer(layer.text, protect), ...inRuns(layer.text, wrapped)];
    for (const one of found) findings.push({ ...one, ...layer.original(one) });
  }
  return findings;
}

function inLayer(text: string, protect: Protect | undefined): Finding[] {
  const findings: Finding[] = [];
  let shapes: readonly Span[] | undefined;
  let known: readonly Span[] | undefined;
  const seen = new Map<Detector["blindTo"], string>([[undefined, text]]);
  for (const detector of DETECTORS) {
    if (!detector.hint.test(text)) continue;
    if (!seen.has(detector.blindTo)) {
      shapes ??= protectShapes(text);
      if (detector.blindTo === "known") known ??= protect?.(text) ?? [];
      seen.set(detector.blindTo, blot(text, detector.blindTo === "known" ? [...shapes, ...(known ?? [])] : shapes));
    }
    for (const span of spansOf(detector, seen.get(detector.blindTo) ?? text)) {
      findings.push({ ...span, class: detector.class, type: detector.type, value: text.slice(span.start, span.end) });
    }
  }
  return findings;
}

function spansOf({ pattern, accept, retry }: Detector, text: string): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const end = found.index + found[0].length;
    const start = found[1] === undefined ? found.index : end - found[1].length;
    const accepted = accept(text, { start, end });
    spans.push(...accepted);
    const next = accepted.at(-1)?.end ?? found.index + (retry ?? found[0].length);
    pattern.lastIndex = Math.max(next, found.index + 1);
  }
  return spans;
}

function inRuns(text: string, wrapped: number): Finding[] {
  if (wrapped >= MAX_WRAPPED) return [];
  return encodedRuns(text).flatMap((run) => {
    const inside = run.readings?.flatMap((reading) =>
      isWorthALook(reading) ? findSensitive(reading, undefined, wrapped + 1) : [],
    );
    if (inside?.length === 0) return [];
    const personal = inside?.every((one) => one.class === "personal") ?? false;
    const first = inside?.[0];
    return [
      {
        start: run.start,
        end: run.end,
        class: personal ? ("personal" as const) : ("secret" as const),
        type: first?.type ?? "secret",
        value: first?.value ?? "",
      },
    ];
  });
}
