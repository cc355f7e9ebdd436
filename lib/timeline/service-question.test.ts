/** A question about a service and a window: what stands around it, and nothing that claims more. */
import { describe, expect, it } from "vitest";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { Role } from "@/lib/domain/role";
import { anEvent } from "@/lib/domain/testing/an-event";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { keyReaderOf } from "./key-reader";
import { openTimeline } from "./open-timeline";
import { parseQuestion } from "./parse-question";
import { anInstallation } from "./testing/an-installation";

const NOW = 1_795_446_900_000;
const at = (seconds: number) => epochNsFromMs(NOW - seconds * 1000);
const TRACE = "a".repeat(32);
const around = { rawService: "shop-api", context: true };
const FAILURE = anEvent({
  ...{ ...around, id: "failure", kind: "span", title: "GET /cart", outcome: "error", severity: "error" },
  ...{ happenedAtNs: at(20), source: "tempo/main" },
  span: { traceId: TRACE, spanId: "b".repeat(16), spanKind: "server", durationNs: "1", links: [] },
});
const ALERT = anEvent({
  ...{ ...around, id: "alert", kind: "alert", title: "ShopErrors firing", happenedAtNs: at(10) },
  source: "alertmanager/main",
});
const ELSEWHERE = anEvent({ ...ALERT, id: "other", rawService: "billing", title: "BillingErrors firing" });

function estate() {
  const requests: EvidenceRequest[] = [];
  const note = <T>(request: EvidenceRequest, answer: T): T => {
    requests.push(request);
    return answer;
  };
  const deps = anInstallation(
    {
      "loki/main": (request) => note(request, {}),
      "sentry/web": (request) => note(request, {}),
      "tempo/main": (request) => note(request, { events: request.kind === "failures" ? [FAILURE] : [] }),
      "alertmanager/main": (request) => note(request, { events: [ALERT, ELSEWHERE] }),
    },
    () => NOW,
    { services: [{ name: "shop", aliases: ["shop-api", "shopd"] }] },
  );
  return { deps, requests };
}

function parse(role: Role, key: string) {
  const { deps } = estate();
  const context = createRedactionContext(deps.redaction, anAccess(role));
  return parseQuestion(new URLSearchParams({ key }), deps, keyReaderOf(context));
}

async function ask(): Promise<{ answer: TimelineAnswer; requests: EvidenceRequest[] }> {
  const { deps, requests } = estate();
  const asked = { keys: [{ kind: "service", value: "shop" }], window: { fromNs: at(3600), toNs: at(0) } };
  const answer = await collectAnswer(openTimeline(anAccess("engineer"), asked, deps, new AbortController().signal));
  if (!answer) throw new Error("the stream had no end");
  return { answer, requests };
}

describe("a question about a service", () => {
  it("asks by every spelling for what is around it and what failed in it, and by no id", async () => {
    const { requests } = await ask();
    const spellings = ["shop", "shop-api", "shopd"];
    expect(requests.map((request) => [request.kind, "rawServices" in request && request.rawServices])).toEqual([
      ["context", spellings],
      ["context", spellings],
      ["failures", spellings],
    ]);
  });

  it("shows its failures and alerts as context, and nothing of another service", async () => {
    const { answer } = await ask();
    expect(answer.events.map(({ kind, context, service }) => [kind, context, service])).toEqual([
      ["span", true, "shop"],
      ["alert", true, "shop"],
    ]);
    expect(answer.events.every(({ why }) => why.length === 1 && why[0]?.confidence === "context")).toBe(true);
  });

  it("says which sources cannot be asked about a service alone", async () => {
    const { answer } = await ask();
    const told = answer.gaps.filter(({ reason }) => reason === "id-absent").map(({ sourceId }) => sourceId);
    // Of the second only releases are asked.
    expect(told.sort()).toEqual(["loki/main", "sentry/web"]);
  });

  it("takes any spelling for the canonical name", async () => {
    expect((await parse("engineer", "service:shopd")).keys).toEqual([{ kind: "service", value: "shop" }]);
  });

  it.each(["support", "manager", "vendor"])("is for %s no other than a kind that does not exist", async (role) => {
    const refused = (key: string) => parse(role, key).catch((error: unknown) => error);
    expect(await refused("service:shop")).toMatchObject({ code: "bad-request" });
    expect(await refused("service:shop")).toEqual(await refused("nonsense:shop"));
  });
});
