import { describe, expect, it } from "vitest";
import type { EventView } from "@/lib/contract/event-view";
import { TimelineFrame } from "@/lib/contract/timeline-answer";
import { BUILT_IN_ROLES, type FieldClass, type Role } from "@/lib/domain/role";
import type { StitchedTimeline, TimelineRow } from "@/lib/domain/stitched-timeline";
import { anEpochNs, anEvent } from "@/lib/domain/testing/an-event";
import { compileClassTable } from "./class-table";
import { Redacted } from "./redacted";
import { TimelineRedactor } from "./redact-timeline";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const settings = redactionSettings();

/** One canary per class, in an attribute whose path the catalogue puts into the class. */
const CANARIES: Readonly<Record<Exclude<FieldClass, "workflow">, readonly [path: string, canary: string]>> = {
  "business-id": ["order.id", "70001"],
  "account-id": ["account.id", "acct_zq7002"],
  personal: ["user.email", "zqpersonal@hidden.example"],
  staff: ["staff.email", "zqstaff7004"],
  note: ["note", "zqnote7005"],
  infrastructure: ["resource.host.name", "zqinfra7006"],
  "telemetry-id": ["request.id", "zqtelemetry7007"],
  code: ["db.statement", "zqcode7008"],
  text: ["msg", "zqtext7009"],
  secret: ["db.password", "zqsecret7010"],
  unknown: ["something.else", "zqunknown7011"],
};

function aRow(over: Partial<TimelineRow> = {}): TimelineRow {
  const event = anEvent({
    id: "fact-1",
    title: "zqtitle7020 said something",
    text: "zqbody7021 at full length",
    rawService: "zqrawservice7022",
    attributes: Object.fromEntries(Object.values(CANARIES)),
    links: [{ label: "Grafana", url: "https://grafana.example/zqlink7023" }],
    span: { traceId: "a".repeat(32), spanId: "b".repeat(16), spanKind: "server", durationNs: "1", links: [] },
  });
  return {
    event,
    orderNs: event.happenedAtNs,
    causal: false,
    service: { name: "zqservice7024", displayName: "order service", audience: "product", listed: true },
    environment: "production",
    actor: "service",
    sentence: "The order service saved the change.",
    recognised: true,
    sightings: [],
    keyIds: [],
    why: [
      {
        key: { kind: "trace", value: "c".repeat(32) },
        rule: "trace id",
        foundIn: "zqfoundin7025",
        confidence: "exact",
        source: "loki/zqsource7026",
        query: { language: "LogQL", text: '{app="zqquery7027"}', url: "https://grafana.example/zqurl7028" },
      },
    ],
    seenIn: ["loki"],
    count: 1,
    depth: 0,
    ...over,
  };
}

const timelineOf = (...rows: TimelineRow[]): StitchedTimeline => ({
  rows,
  keys: [],
  edges: [],
  services: [],
  calls: [],
  findings: [],
  gaps: [],
  follow: [],
  records: rows.length,
  leftOut: 0,
  foreign: 0,
  unlinked: new Map(),
});
const NO_MEMORY = { unlinks: [], searchesOf: () => 1 };

function viewsFor(role: Role, ...rows: TimelineRow[]): EventView[] {
  const frames = new TimelineRedactor(createRedactionContext(settings, anAccess(role))).rows(timelineOf(...rows));
  return frames.flatMap((sealed) => {
    const frame = TimelineFrame.parse(sealed.reveal());
    return frame.type === "rows" ? frame.rows : [];
  });
}

describe("the door", () => {
  it.each(BUILT_IN_ROLES)("shows %s exactly the classes that the table grants", (role) => {
    const bytes = JSON.stringify(viewsFor(role, aRow()));
    for (const [fieldClass, [, canary]] of Object.entries(CANARIES) as [keyof typeof CANARIES, readonly string[]][]) {
      const treatment = compileClassTable(anAccess(role), [false]).treat(fieldClass);
      const expected = treatment === "show" || treatment === "scrub";
      expect([fieldClass, bytes.includes(canary ?? "")]).toEqual([fieldClass, expected]);
    }
  });

  it("lets nothing of the raw record reach support: no text, service, source, id, link or query", () => {
    const bytes = JSON.stringify(viewsFor("support", aRow()));
    expect(bytes).toContain("The order service saved the change.");
    expect(bytes.match(/zq(?!personal)[a-z]+70\d\d/g)).toBeNull();
    expect(bytes).not.toContain("a".repeat(32));
    expect(bytes).not.toContain("c".repeat(32));
  });

  it("gives an engineer what support may not have, so that the test above can fail", () => {
    const bytes = JSON.stringify(viewsFor("engineer", aRow()));
    for (const part of ["zqtitle7020", "zqbody7021", "zqservice7024", "zqlink7023", "zqquery7027", "a".repeat(32)]) {
      expect(bytes).toContain(part);
    }
  });

  it("keeps identity, order and count of rows the same for every role", () => {
    const rows = [aRow(), aRow({ event: anEvent({ id: "fact-2", kind: "alert", context: true }), recognised: false })];
    const shapes = BUILT_IN_ROLES.map((role) =>
      viewsFor(role, ...rows).map(({ id, orderKey, kind }) => [id, orderKey, kind]),
    );
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  it("turns an alert into a stub for support, with its place in time and nothing else", () => {
    const alert = aRow({
      event: anEvent({ id: "a", kind: "alert", title: "zqalert7030", attributes: { "label.pod": "zqpod7031" } }),
      recognised: false,
    });
    const [stub] = viewsFor("support", alert);
    expect(stub?.sentence).toBe("An infrastructure alert. Details are not shared with your role.");
    expect(stub?.happenedAtNs).toBe("1795446843120345678");
    expect(JSON.stringify(stub)).not.toMatch(/zqalert7030|zqpod7031|zqservice/);
  });

  it.each(["span", "alert"] as const)("gives an admin no free text in the title of a %s", (kind) => {
    const row = aRow({ event: anEvent({ id: "t", kind, title: "zqtitle7040 in words" }) });
    expect(JSON.stringify(viewsFor("admin", row))).not.toContain("zqtitle7040");
    expect(JSON.stringify(viewsFor("engineer", row))).toContain("zqtitle7040");
  });

  it("takes the words of a failed span for text, whatever stands around them", () => {
    const span = aRow({ event: anEvent({ kind: "span", attributes: { "otel.status_description": "zqwords" } }) });
    expect(JSON.stringify(viewsFor("admin", span))).not.toContain("zqwords");
    expect(JSON.stringify(viewsFor("engineer", span))).toContain("zqwords");
  });

  it("does not believe a field name: a workflow or id field with free text in it is unknown", () => {
    const event = anEvent({
      attributes: { level: "password is hunter2", "order.id": "mail me at zq@x.example please" },
    });
    const [view] = viewsFor("support", aRow({ event }));
    expect(view?.attributes).toEqual({});
  });

  it("withholds a row whole when it cannot be redacted", () => {
    const broken = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("zqboom");
        },
      },
    );
    const [view] = viewsFor("support", aRow({ event: anEvent({ attributes: broken }) }));
    expect(view?.sentence).toBe("This row could not be made safe to show and is withheld.");
  });

  it("sends a row again only when something about it changed", () => {
    const redactor = new TimelineRedactor(createRedactionContext(settings, anAccess("engineer")));
    const row = aRow();
    expect(redactor.rows(timelineOf(row))).toHaveLength(1);
    expect(redactor.rows(timelineOf({ ...row }))).toHaveLength(0);
    const searched = row.why.map((join) => ({
      ...join,
      query: { language: "LogQL" as const, text: "another search" },
    }));
    expect(redactor.rows(timelineOf({ ...row, why: searched }))).toHaveLength(1);
    expect(redactor.rows(timelineOf({ ...row, depth: 1 }))).toHaveLength(1);
    expect(redactor.rows(timelineOf()).map((sealed) => sealed.reveal())).toMatchObject([
      { type: "rows", removed: [expect.any(String)] },
    ]);
  });

  it("cannot be serialised by accident, nor faked by spreading", () => {
    const sealed = Redacted.seal({ a: 1 });
    expect(() => JSON.stringify({ sealed })).toThrow();
    expect(JSON.stringify({ ...sealed })).toBe("{}");
  });
});

describe("the key list", () => {
  const account = {
    id: "account:acct_9",
    key: { kind: "account", value: "acct_9" },
    asked: false,
    followed: false,
    rows: 2,
    degree: 1,
  } as const;
  const keysFor = (role: Role) => {
    const frame = new TimelineRedactor(createRedactionContext(settings, anAccess(role))).summary(
      { ...timelineOf(), keys: [account] },
      NO_MEMORY,
    );
    const parsed = TimelineFrame.parse(frame.reveal());
    return parsed.type === "summary" ? parsed.keys : [];
  };

  it("says which values are stand-ins, so that nobody is offered a search that cannot work", () => {
    expect(keysFor("engineer")).toMatchObject([{ value: "acct_9" }]);
    expect(keysFor("engineer")[0]?.pseudonym).toBeUndefined();
    expect(keysFor("manager")).toMatchObject([{ pseudonym: true }]);
    expect(keysFor("manager")[0]?.value).not.toContain("acct_9");
  });
});

describe("instants", () => {
  it("survive to the last nanosecond", () => {
    const [view] = viewsFor("support", aRow({ event: anEvent({ happenedAtNs: anEpochNs("1795446843120345679") }) }));
    expect(view?.happenedAt).toBe("2026-11-23T15:14:03.120345679Z");
  });
});
