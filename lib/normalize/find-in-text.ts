/** Where ids stand in free text, before anything is said about their values. Pure, linear, bounded. */
import type { CompiledKeyRule, CompiledKeyRules } from "./compile-key-rules";

/** Text behind this is not read for ids. */
export const MAX_TEXT_LENGTH = 16_384;

/** Called for each place and each rule that looks there: by name in prose first, then by pattern. Offsets are UTF-16. */
type Take = (compiled: CompiledKeyRule, raw: string, start: number) => void;

export function findInText(whole: string, rules: CompiledKeyRules, take: Take): void {
  const text = whole.length > MAX_TEXT_LENGTH ? whole.slice(0, MAX_TEXT_LENGTH) : whole;
  rules.prose.lastIndex = 0;
  for (let match = rules.prose.exec(text); match !== null; match = rules.prose.exec(text)) {
    const value = match[2] ?? "";
    const raw = value.replace(/[.:@-]+$/, "");
    const start = match.index + match[0].length - value.length;
    for (const compiled of rules.forProseName(match[1] ?? "")) take(compiled, raw, start);
    // The value may itself start the next name (`order id order_id=7`), so go on right after the name.
    rules.prose.lastIndex = match.index + (match[1]?.length ?? 1);
  }
  for (const compiled of rules.all) {
    for (const pattern of compiled.text) {
      for (const { value, start } of pattern.findAll(text)) take(compiled, value, start);
    }
  }
}
