/** Alert history: what each role may know of an episode, of its fires and pages, and of what people said about it. */
import { describe, expect, it } from "vitest";
import { EpisodeDetail } from "@/lib/contract/episode-detail";
import { EpisodeView } from "@/lib/contract/alerts";
import type { AlertEpisode, AlertFire } from "@/lib/domain/alert-history";
import type { AlertPage, AlertVerdict } from "@/lib/domain/on-call";
import type { PolicyDocument, RowRule } from "@/lib/domain/policy";
import type { Role } from "@/lib/domain/role";
import { DEFAULT_POLICY } from "./policy";
import { episodeAccess, redactEpisode, type EpisodeExtras, type EpisodeRow } from "./redact-episode";
import { redactEpisodeDetail, type OpenedEpisode } from "./redact-episode-detail";
import { redactBacklog, redactEpisodePage, redactOneEpisode, redactRules } from "./redact-episodes";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const AT = new Date("2026-11-23T15:00:00.000Z");
const LATER = new Date("2026-11-23T15:20:00.000Z");
const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

function withRows(rows: readonly RowRule[], classes?: PolicyDocument["roles"][number]["classes"]): RedactionContext {
  const roles = DEFAULT_POLICY.roles.map((role) =>
    role.name === "engineer" ? { ...role, rows: [...rows], classes: classes ?? role.classes } : role,
  );
  return createRedactionContext(redactionSettings(), anAccess("engineer", { policy: { ...DEFAULT_POLICY, roles } }));
}

function aRow(over: Partial<AlertEpisode> = {}, row: Partial<EpisodeRow> = {}): EpisodeRow {
  const episode: AlertEpisode = {
    ...{ id: "e1", fingerprint: "f", rule: "OrdersSlow", name: "Orders are slow for zq@hidden.example" },
    ...{ service: "zqorders-api", environment: "zqproduction", team: "orders", severity: "page" },
    ...{ monitoringFault: true, startsAt: AT, endsAt: LATER, endReason: "resolved", fires: 3, flapping: 2 },
    ...{ route: "page", silenced: true, inhibited: true, reconstructed: true, sources: ["alertmanager/zqmain"] },
    ...{ receivers: ["zqreceiver"], firstSeenAt: AT },
    ...over,
  };
  return { episode, labels: { team: "orders" }, service: { ...OWN_SERVICE, name: "zqorders-api" }, ...row };
}

function aVerdict(over: Partial<AlertVerdict> = {}): AlertVerdict {
  return {
    ...{ episodeId: "e1", rule: "OrdersSlow", verdict: "noise", reason: "threshold", note: "call zq@hidden.example" },
    ...{ by: "u2", byName: "Zqpat Example", via: "alerts", createdAt: LATER },
    ...over,
  };
}

const extras = (...verdicts: AlertVerdict[]): EpisodeExtras => ({ pages: 2, verdicts, reader: "u1" });
const shown = (context: RedactionContext, row = aRow(), told = extras()) => {
  const view = redactEpisode(row, told, context);
  return view && EpisodeView.parse(view);
};

const STUB = { name: "An alert. Details are not shared with your role.", stub: true, rule: "", fires: 0, pages: 0 };

describe("an episode", () => {
  it("is told in full to an engineer, with nothing personal in its words", () => {
    expect(shown(as("engineer"))).toMatchObject({
      ...{ rule: "OrdersSlow", service: "zqorders-api", environment: "zqproduction", sources: ["alertmanager/zqmain"] },
      ...{ fires: 3, flapping: 2, pages: 2, stub: false, endsAt: LATER.toISOString() },
    });
    expect(JSON.stringify(shown(as("engineer")))).not.toContain("hidden.example");
  });

  it("is told to a manager by rule and display name, without anything of the infrastructure", () => {
    expect(shown(as("manager"))).toMatchObject({
      rule: "OrdersSlow",
      service: "a service",
      environment: "",
      sources: [],
    });
    expect(JSON.stringify(shown(as("manager")))).not.toContain("zq");
  });

  it("says that the service is unknown rather than giving it a name", () => {
    for (const role of ["engineer", "manager"])
      expect(shown(as(role), aRow({ service: "unknown" }))?.service).toBe("unknown");
  });

  it("is a time and nothing else to those who may only know that it was", () => {
    const view = shown(as("support"), aRow(), extras(aVerdict()));
    expect(view).toMatchObject({ ...STUB, startsAt: AT.toISOString(), verdicts: [], severity: "", team: "" });
    expect(JSON.stringify(view)).not.toMatch(/zq|OrdersSlow/);
  });

  it("is a time and nothing else to a role that reads no workflow facts, whatever its rows grant", () => {
    expect(shown(withRows([{ rows: {}, grant: "full" }], { infrastructure: "show" }))).toMatchObject(STUB);
  });

  it("has no end while it lasts", () => {
    expect(shown(as("engineer"), aRow({ endsAt: null, endReason: "open" }))?.endsAt).toBeNull();
  });

  it("is nothing at all to those who may not know of it", () => {
    expect(shown(withRows([]))).toBeNull();
    expect(redactOneEpisode({ row: aRow(), extras: extras() }, withRows([]))).toBeNull();
    expect(redactOneEpisode({ row: aRow(), extras: extras() }, as("engineer"))?.reveal().id).toBe("e1");
  });
});

describe("who may know of an episode", () => {
  const access = (row: EpisodeRow, ...rules: RowRule[]) => episodeAccess(row, withRows(rules));

  it("is whoever sees it through one of its sources", () => {
    const both = aRow({ sources: ["alertmanager/a", "sentry/b"] });
    const stub: RowRule = { rows: { sources: ["alertmanager/a"] }, grant: "stub" };
    const full: RowRule = { rows: { sources: ["alertmanager/b"] }, grant: "full" };
    expect(access(aRow({ sources: ["alertmanager/a", "alertmanager/b"] }), stub, full)).toBe("full");
    expect(access(both, stub)).toBe("stub");
    expect(access(both, full)).toBe("omit");
    expect(access(aRow({ sources: [] }), { rows: {}, grant: "full" })).toBe("omit");
  });

  it("is decided by kind, label and service like any alert row", () => {
    expect(access(aRow(), { rows: { kinds: ["alert"] }, grant: "full" })).toBe("full");
    expect(access(aRow(), { rows: { kinds: ["log"] }, grant: "full" })).toBe("omit");
    expect(access(aRow(), { rows: { labels: { team: ["orders"] } }, grant: "full" })).toBe("full");
    expect(access(aRow(), { rows: { labels: { team: ["billing"] } }, grant: "full" })).toBe("omit");
    expect(access(aRow(), { rows: { services: ["zqorders-api"] }, grant: "full" })).toBe("full");
    expect(access(aRow(), { rows: { recognised: true }, grant: "full" })).toBe("omit");
  });

  it("takes a hook of a kind that no source has for an alert manager", () => {
    const own: RowRule = { rows: { sourceKinds: ["alertmanager"] }, grant: "full" };
    expect(access(aRow({ sources: ["pager/main"] }), own)).toBe("full");
    expect(access(aRow({ sources: ["sentry/web"] }), own)).toBe("omit");
    expect(access(aRow({ sources: ["sentry/web"] }), { rows: { sourceKinds: ["sentry"] }, grant: "full" })).toBe(
      "full",
    );
    const named = (source: `alertmanager/${string}`): RowRule => ({ rows: { sources: [source] }, grant: "full" });
    // An alert manager of the same name is another source.
    expect(access(aRow({ sources: ["pager/x"] }), named("alertmanager/x"))).toBe("omit");
    expect(access(aRow({ sources: ["pager/x"] }), named("alertmanager/pager/x"))).toBe("full");
  });
});

describe("what a person said of an episode", () => {
  const said = (context: RedactionContext, over: Partial<AlertVerdict> = {}) =>
    shown(context, aRow(), extras(aVerdict(over)))?.verdicts[0];

  it("names them to those who read staff, and is scrubbed for those who read notes through detectors", () => {
    expect(said(as("engineer"))).toMatchObject({ by: "Zqpat Example", mine: false, verdict: "noise" });
    expect(said(as("engineer"))?.note).toMatch(/^call (?!zq@)/);
    expect(said(as("manager"))?.note).toBe("call zq@hidden.example");
  });

  it("names nobody and quotes nothing to those who read neither", () => {
    const context = withRows([{ rows: {}, grant: "full" }], { workflow: "show" });
    expect(said(context)).toMatchObject({ by: "a colleague", note: "", verdict: "noise" });
  });

  it("is theirs to read as they wrote it", () => {
    const context = withRows([{ rows: {}, grant: "full" }], { workflow: "show" });
    expect(said(context, { by: "u1" })).toMatchObject({ by: "you", mine: true, note: "call zq@hidden.example" });
  });

  it("is gone when they took it back", () => {
    expect(said(as("engineer"), { verdict: null })).toBeUndefined();
  });
});

describe("an episode opened", () => {
  const fire = {
    ...{ id: "f1", startsAt: AT, endsAt: null, endReason: "open", duplicates: 1, firstSeenAt: AT, lastSeenAt: LATER },
    labels: { method: "PATCH", password: "zqsecret" },
    annotations: { summary: "zqsummary in words", "user.email": "zq@hidden.example" },
  } as unknown as AlertFire;
  const page = {
    ...{ pagedAt: AT, responderId: "r1", channel: "phone", reason: "first", step: 1, delivered: true },
    ...{ estimated: false, ackedAt: LATER },
  } as unknown as AlertPage;
  const opened: OpenedEpisode = {
    ...{ row: aRow(), extras: extras(), fires: [{ ...fire, id: "f0", endsAt: AT, labels: { method: "GET" } }, fire] },
    ...{ flapping: new Set(["f1"]), pages: [page], history: [aVerdict(), aVerdict({ by: "u3" })] },
    quieting: [],
    ...{ responders: new Map([["r1", "Zqpat Example"]]), sent: '{"summary":"zqsent zq@hidden.example"}' },
    askedAt: LATER,
  };
  const detail = (context: RedactionContext, over: Partial<OpenedEpisode> = {}) => {
    const sealed = redactEpisodeDetail({ ...opened, ...over }, context);
    return sealed && EpisodeDetail.parse(sealed.reveal());
  };

  it("shows an engineer fires, pages, every verdict, and the last words of the alert without secrets", () => {
    const view = detail(as("engineer"));
    expect(view?.transitions.map(({ endsAt, flapping }) => [endsAt, flapping])).toEqual([
      [AT.toISOString(), false],
      [null, true],
    ]);
    expect(view?.pages[0]).toMatchObject({ person: "Zqpat Example", ackedAt: LATER.toISOString() });
    expect(view?.verdicts).toHaveLength(2);
    expect(view?.labels["method"]).toBe("PATCH");
    expect(view?.annotations["summary"]).toBe("zqsummary in words");
    expect(view?.payload).toContain("zqsent");
    expect(JSON.stringify(view)).not.toMatch(/zqsecret|hidden\.example/);
  });

  it("shows a manager nobody's data: no text of the alert, nothing that was sent", () => {
    const view = detail(as("manager"));
    expect(view).toMatchObject({ payload: null, annotations: {} });
    expect(JSON.stringify(view)).not.toMatch(/zqsummary|zqsent|zqsecret/);
  });

  it("says somebody for a person who is not known, and null for a page that nobody took", () => {
    const pages = [{ ...page, responderId: "r9", ackedAt: null }];
    expect(detail(as("engineer"), { pages })?.pages[0]).toMatchObject({ person: "somebody", ackedAt: null });
  });

  it("has no words when it has no fires or none were kept", () => {
    expect(detail(as("engineer"), { fires: [], sent: undefined })).toMatchObject({
      ...{ labels: {}, annotations: {}, payload: null, transitions: [] },
    });
  });

  it("opens a timeline around it, for those who may ask by a service, and of a length that can be answered", () => {
    const around = (startsAt: string, endsAt: string | null, askedAt: string) => {
      const row = aRow({ startsAt: new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt) });
      const told = detail(as("engineer"), { row, askedAt: new Date(askedAt) })?.timeline;
      return [told?.from, told?.to].map((at) => at?.slice(11, 16));
    };
    expect(detail(as("engineer"))?.timeline?.keys).toEqual(["service:zqorders-api"]);
    expect(around("2026-11-23T10:00:00Z", "2026-11-23T10:20:00Z", "2026-11-23T20:00:00Z")).toEqual(["09:45", "10:35"]);
    expect(around("2026-11-23T10:00:00Z", null, "2026-11-23T11:00:00Z")).toEqual(["09:45", "11:00"]);
    expect(around("2026-11-23T10:00:00Z", "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z")).toEqual(["09:45", "15:45"]);
    expect(detail(as("engineer"), { row: aRow({}, { service: null }) })?.timeline).toBeNull();
    expect(detail(withRows([{ rows: {}, grant: "full" }], { workflow: "show" }))?.timeline).toBeNull();
  });

  it("is empty for those who may only know that it was, and nothing for the others", () => {
    const stub = detail(as("support"));
    expect(stub).toMatchObject({ transitions: [], pages: [], verdicts: [], labels: {}, payload: null });
    expect(JSON.stringify(stub)).not.toContain("zq");
    expect(detail(withRows([]))).toBeNull();
  });
});

describe("lists of episodes", () => {
  const evidence = { row: aRow(), extras: extras() };
  const gaps = [{ source: "alertmanager/zqmain", from: AT, to: LATER, why: "not-heard" }] as const;

  it("name the instance of a source only to those who read infrastructure", () => {
    const heard = [{ source: "alertmanager/zqmain", hours: 1, ofHours: 2 }];
    const list = { found: [evidence], next: null, total: 1, gaps, gapsTotal: 1, heard };
    expect(redactEpisodePage(list, as("engineer")).reveal().gaps[0]?.source).toBe("alertmanager/zqmain");
    const told = redactEpisodePage(list, as("manager")).reveal();
    expect(told.gaps[0]?.source).toBe("alertmanager");
    expect(told.heard).toEqual([{ source: "alertmanager", hours: 1, ofHours: 2 }]);
    expect(told.episodes).toHaveLength(1);
    expect(redactEpisodePage(list, withRows([])).reveal().episodes).toEqual([]);
  });

  it("leave out rules and open questions of which only the existence may be known", () => {
    const counted = [{ rule: "OrdersSlow" }, { rule: "Zqother" }] as never;
    const list = { counted, samples: [evidence], take: 5, from: "", to: "" } as never;
    expect(redactRules(list, as("engineer")).reveal()).toMatchObject({ total: 1, rules: [{ owner: "orders" }] });
    expect(redactRules(list, as("support")).reveal()).toMatchObject({ total: 0, rules: [] });
    const backlog = { items: [{ evidence, paged: ["Zqpat", "Zqpat"] }] } as never;
    expect(redactBacklog(backlog, as("engineer")).reveal().items).toMatchObject([{ paged: ["Zqpat"] }]);
    expect(redactBacklog(backlog, as("support")).reveal().items).toEqual([]);
    expect(redactBacklog(backlog, withRows([])).reveal().items).toEqual([]);
  });
});
