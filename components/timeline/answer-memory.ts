/** The last whole answer to one question, so that asking again need not empty the screen meanwhile. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";

export class AnswerMemory {
  private kept: { readonly question: TimelineQuestion; readonly snapshot: TimelineSnapshot } | undefined;
  private scrollPx = 0;

  keep(question: TimelineQuestion, snapshot: TimelineSnapshot): void {
    this.kept = { question, snapshot };
  }

  /** What the reader may see has changed: nothing of before stays. */
  forget(): void {
    this.kept = undefined;
  }

  keepScroll(px: number): void {
    this.scrollPx = px;
  }

  scroll(): number {
    return this.scrollPx;
  }

  /** Only for the same keys and window: rows of another time would be mistaken for these. */
  answerTo(question: TimelineQuestion): TimelineSnapshot | undefined {
    if (!this.kept) return undefined;
    const { question: asked, snapshot } = this.kept;
    if (asked.keys.join("\n") !== question.keys.join("\n")) return undefined;
    const isSame = asked.from === question.from && asked.to === question.to;
    const isPinned = snapshot.query?.from === question.from && snapshot.query.to === question.to;
    return isSame || isPinned ? snapshot : undefined;
  }
}
