/** Scrubbing free text: speed against a plain scan of the same bytes, and growth on text made to be slow. */
import { createPseudonymizer } from "@/lib/redact/pseudonym";
import { scrubText } from "@/lib/redact/scrub-text";
import { time, type Result } from "./measure";
import { hostileTexts, logLines } from "./scrub-texts";

const RUNS = 5;
/** A look for a dozen words and shapes: the least that any scrubber of text does. */
const PLAIN_SCAN =
  /@|:\/\/|eyJ|pass|secret|token|authorization|cookie|api[_-]?key|\d{1,3}(?:\.\d{1,3}){3}|(?:\d[ -]?){13}|[A-Z]{2}\d{2}[ A-Z0-9]{11}|\+\d{7}/gi;
const [SMALL, LARGE] = [1_000, 64_000];

export async function benchScrub(): Promise<Result[]> {
  const pseudonyms = createPseudonymizer(Buffer.alloc(32, 1));
  const results: Result[] = [];
  for (const [name, sensitiveIn, aim] of [
    ["clean lines", 0, 4],
    ["one line in ten with something", 10, 10],
  ] as const) {
    const lines = logLines(20_000, sensitiveIn);
    const megabytes = lines.reduce((sum, line) => sum + line.length, 0) / 1e6;
    const scan = await time(RUNS, () => lines.reduce((sum, line) => sum + (line.match(PLAIN_SCAN)?.length ?? 0), 0));
    const scrub = await time(RUNS, () => lines.reduce((sum, line) => sum + scrubText(line, pseudonyms).length, 0));
    const speed = (medianMs: number) => ((megabytes / medianMs) * 1000).toFixed(0);
    results.push({
      name: `scrub / plain scan, ${name}`,
      value: scrub.medianMs / scan.medianMs,
      unit: "×",
      aim,
      note: `${speed(scrub.medianMs)} MB/s, scan ${speed(scan.medianMs)} MB/s`,
    });
  }
  results.push(await worstGrowth((text) => scrubText(text, pseudonyms)));
  return results;
}

/** The worst growth of time per doubling, from the smaller to the larger size. */
async function worstGrowth(scrub: (text: string) => string): Promise<Result> {
  let worst = { ratio: 0, name: "" };
  let slowest = { ms: 0, name: "" };
  for (const [name, make] of Object.entries(hostileTexts)) {
    const [small, large] = [await fastest(make(SMALL), scrub), await fastest(make(LARGE), scrub)];
    const ratio = (large / small) ** (1 / Math.log2(LARGE / SMALL));
    if (ratio > worst.ratio) worst = { ratio, name };
    if (large > slowest.ms) slowest = { ms: large, name };
  }
  return {
    name: "scrub, growth per doubling 1,000 → 64,000, worst text",
    value: worst.ratio,
    unit: "×",
    aim: 3,
    note: `${worst.name}; slowest ${slowest.ms.toFixed(0)} ms (${slowest.name})`,
  };
}

/** Milliseconds of the fastest of some runs: what others do on the machine only ever adds. */
async function fastest(text: string, scrub: (text: string) => string): Promise<number> {
  // Short texts are repeated, or the clock is too coarse for them.
  const repeats = Math.ceil(LARGE / text.length);
  let best = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const { medianMs } = await time(1, () => {
      for (let i = 0; i < repeats; i++) scrub(text);
    });
    best = Math.min(best, medianMs / repeats);
  }
  return best;
}
