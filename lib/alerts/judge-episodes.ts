/** Saying whether alerts were worth it. What the asker may not read is answered like what does not exist. */
import "server-only";
import type { JudgedView, NewVerdict } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactJudged } from "@/lib/redact/redact-episodes";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import { alertReader } from "./alert-reader";

/** All or none. Throws `ProblemError`: `forbidden`, `not-found`. */
export async function judgeEpisodes(principal: Principal, wish: NewVerdict): Promise<Redacted<JudgedView>> {
  const reader = await alertReader(principal, "judge-alerts");
  const { verdicts, audit } = await store();
  const ids = [...new Set(wish.episodes)];
  const found = (await verdicts.episodes(ids)).filter((one) => reader.reads(one));
  if (found.length < ids.length) throw new ProblemError("not-found");
  const { userId: by, displayName: byName, role } = principal;
  const { verdict, reason, note } = wish;
  const via = wish.via === "alerts" && ids.length > 1 ? "bulk" : wish.via;
  const detail = { episodes: ids.length, verdict: verdict ?? "taken-back", via };
  await audit.append({ actor: by, role, action: "alert.judge", detail });
  const createdAt = new Date();
  await verdicts.add(
    found.map(({ episode: { id: episodeId, rule } }) => ({
      episodeId,
      rule,
      verdict,
      reason,
      note,
      by,
      byName,
      via,
      createdAt,
    })),
  );
  return redactJudged(await reader.evidenceOf(found), reader.context);
}
