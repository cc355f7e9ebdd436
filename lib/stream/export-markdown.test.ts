import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { exportMarkdown } from "./export-markdown";
import { plainMarkdown } from "./plain-markdown";
import { anAnswer, anAnswerSaying } from "@/lib/client/testing/an-answer";
import { HOSTILE_TEXTS } from "./testing/hostile-texts";

const AT = { exportedAt: new Date("2026-11-26T17:00:00Z") };

/** The sign that begins a block of Markdown. */
function blockOf(line: string): string | undefined {
  return /^\s*(#{1,6}(?= )|[-*+](?= )|>|\d+[.)](?= )|`{3}|~{3}|\||={2,}|-{2,}|\[)?/.exec(line)?.[0];
}

describe("hostile text in Markdown", () => {
  const benign = exportMarkdown(anAnswerSaying("benign"), AT).split("\n");

  it.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))("keeps %s a piece of text", (_name, text) => {
    const document = exportMarkdown(anAnswerSaying(text), AT);
    const lines = document.split("\n");
    // No line of its own: no heading, quote, table, fence or rule can begin.
    expect(lines.map(blockOf)).toEqual(benign.map(blockOf));
    expect(document).not.toMatch(/[\r\u2028\u2029\u202e\u001b\0]/);
    // Nothing that a reader of Markdown acts on, but the signs of our own at the beginning of a line.
    const bodies = lines.map((line) => line.replace(/^(#{1,3}|-|\s+-) /, "")).join("\n");
    expect(bodies.replace(/\\[\\`*_[\]{}|~$^#]/g, "")).not.toMatch(/[\\`*_[\]{}|~$^#]/);
    expect(bodies).not.toMatch(/[<>]/);
    expect(bodies).not.toMatch(/&(?!amp;|lt;|gt;)/);
    // Nothing that becomes a mention, a link or a reference by itself.
    expect(bodies).not.toMatch(/[@＠﹫](?!\u200b)/);
    expect(bodies).not.toMatch(/:\/\/|www\.(?!\u200b)|(mailto|javascript):(?!\u200b)|evil\.example(?:[/?#]|:\d)/i);
    expect(bodies).not.toMatch(/[#!]\d|GH-\d/);
  });

  it("still says what the text said", () => {
    const read = (markdown: string): string =>
      markdown
        .replaceAll("\u200b", "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&")
        .replace(/\\(.)/g, "$1");
    const texts = HOSTILE_TEXTS.filter((text) => !/[\p{Cc}\p{Cf}\u00a0]/u.test(text));
    expect(texts.length).toBeGreaterThan(40);
    for (const text of texts) expect(read(plainMarkdown(text))).toBe(text.trim());
  });
});

describe("a timeline as Markdown", () => {
  const document = exportMarkdown(anAnswer(), AT);

  it("says what was asked, for whom it is, and when it was made", () => {
    expect(document).toContain("# Timeline of order 48192");
    expect(document).toContain("Window: 2026-11-20 10:00:00 UTC to 2026-11-20 11:00:00 UTC");
    expect(document).toContain("As support may read it, policy v12 (0123456789ab)");
    expect(document).toContain("Exported 2026-11-26 17:00:00 UTC");
  });
  it("says that it is not complete before the first row, with every gap", () => {
    const at = (text: string): number => document.indexOf(text);
    expect(at("## Not complete.")).toBeGreaterThan(0);
    expect(document).toContain("3 of 5 sources answered in full.");
    expect(document).toContain("- May be missing: Did not answer in time, loki: Logs did not answer. (5 of unknown)");
    expect(at("May be missing")).toBeLessThan(at("## Rows"));
  });
  it("gives each row its time, actor, service, words, outcome and count", () => {
    expect(document).toContain("- 10:14:03.012 ■ order-service: row a\n");
    expect(document).toContain("- 10:14:03.012 ■ ✕ order-service: row b ×2\n");
    expect(document).not.toContain("row c");
  });
  it("says what the role may not read", () => {
    const text = exportMarkdown(anAnswer({ stats: { ...anAnswer().stats, withheld: 4 } }), AT);
    expect(text).toContain("- Details of 4 rows\n- Values of class infrastructure\n- Values of class secret");
  });
  it("says for which other role it was made", () => {
    expect(exportMarkdown(anAnswer(), { ...AT, audience: "vendor" })).toContain(
      "As support and vendor both may read it",
    );
  });
  it("prints the corrected time and marks it, and a heading for each day", () => {
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-24T00:00:01.000000000Z",
      correctedAtNs: "1795478401000000000",
      offsetNs: "2000000000",
      pairs: 3,
    } as const;
    const text = exportMarkdown(anAnswer({ events: [anEventView({ id: "a" }), anEventView({ id: "k", clock })] }), AT);
    expect(text).toContain("### 2026-11-24\n\n- 00:00:01.000△ ■");
  });
});
