import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "@/lib/domain/policy";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";
import { createPolicyReader } from "./policy-in-force";

const NO_FILE = { fields: {} };
const document = (description: string): PolicyDocument => ({
  ...DEFAULT_POLICY,
  roles: DEFAULT_POLICY.roles.map((role) => ({ ...role, description })),
});

/** Undefined: stored, but not readable by this program. */
function published(...documents: (PolicyDocument | undefined)[]) {
  const state = { documents, reads: 0, fails: false };
  const repository = {
    newest: async () => {
      if (state.fails) throw new Error("no database");
      return state.documents.length;
    },
    read: async (version: number) => {
      state.reads++;
      if (version < 1 || version > state.documents.length) return undefined;
      const entry = { version, hash: "", note: "", restores: undefined, by: "Ada", at: new Date(0) };
      return { ...entry, document: state.documents[version - 1] };
    },
  };
  return { state, open: async () => repository };
}

describe("the policy in force", () => {
  it("is the built-in one while nothing was published", async () => {
    const policy = await createPolicyReader(NO_FILE, published().open)();
    expect(policy).toMatchObject({ document: DEFAULT_POLICY, label: "built-in", provisioned: false });
    expect(policy.hash).toBe(policyHash(DEFAULT_POLICY));
  });

  it("is the newest published one, and is read once", async () => {
    const { state, open } = published(document("one"));
    const read = createPolicyReader(NO_FILE, open);
    await read();
    expect(await read()).toMatchObject({ document: document("one"), label: "v1" });
    expect(state.reads).toBe(1);
    state.documents.push(document("two"));
    expect(await read()).toMatchObject({ document: document("two"), label: "v2" });
  });

  it("is the file's when the file has one, whatever was published", async () => {
    const { open } = published(document("page"));
    const policy = await createPolicyReader({ fields: {}, policy: document("file") }, open)();
    expect(policy).toMatchObject({ document: document("file"), label: "file", provisioned: true });
  });

  it("has the classes that the file gives to fields, and its own before them", async () => {
    const own: PolicyDocument = { ...document("page"), fields: { "shop.tag": "workflow" } };
    const read = createPolicyReader({ fields: { "shop.tag": "text", "shop.box": "code" } }, published(own).open);
    expect((await read()).document.fields).toEqual({ "shop.tag": "workflow", "shop.box": "code" });
  });

  it("lets nobody see anything when it cannot be parsed, and keeps who may publish another", async () => {
    const read = createPolicyReader(NO_FILE, published(document("good"), undefined).open);
    const policy = await read();
    expect(policy.label).toBe("v2, unreadable");
    expect(policy.document.roles.map(({ name, abilities }) => [name, abilities])).toContainEqual([
      "admin",
      ["administer"],
    ]);
    for (const { classes, rows, mayReveal } of policy.document.roles) {
      expect([classes, rows, mayReveal]).toEqual([{}, [], []]);
    }
    expect(policy.document.roles.flatMap(({ abilities }) => abilities)).toEqual(["administer"]);
  });
});

describe("when the database does not answer", () => {
  it("the policy is not known, and that is said", async () => {
    const { state, open } = published();
    state.fails = true;
    await expect(createPolicyReader(NO_FILE, open)()).rejects.toMatchObject({ code: "overloaded" });
  });

  it("what was read a moment ago still counts, and no longer after five seconds", async () => {
    let nowMs = 0;
    const { state, open } = published(document("one"));
    const read = createPolicyReader(NO_FILE, open, () => nowMs);
    await read();
    state.fails = true;
    nowMs = 4_999;
    expect(await read()).toMatchObject({ label: "v1" });
    nowMs = 5_000;
    await expect(read()).rejects.toMatchObject({ code: "overloaded" });
    state.fails = false;
    expect(await read()).toMatchObject({ label: "v1" });
  });
});
