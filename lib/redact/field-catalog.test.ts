import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { FieldClass } from "@/lib/domain/role";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileFieldCatalog } from "./field-catalog";
import { EXACT_CLASSES, PERSONAL_WORDS, PREFIX_CLASSES } from "./field-classes";

const catalog = compileFieldCatalog({}, compileKeyRules(builtInKeyRules()));
const withOwn = (own: Readonly<Record<string, FieldClass>>) =>
  compileFieldCatalog(own, compileKeyRules(builtInKeyRules()));

describe("compileFieldCatalog", () => {
  it.each<readonly [string, FieldClass]>([
    ["http.request.method", "workflow"],
    ["db.system.name", "infrastructure"],
    ["db.query.text", "code"],
    ["db.query.parameter.0", "code"],
    ["exception.message", "code"],
    ["messaging.destination.name", "infrastructure"],
    ["messaging.message.body.text", "unknown"],
    ["faas.name", "infrastructure"],
    ["feature_flag.key", "infrastructure"],
    ["feature_flag.context.id", "personal"],
    ["gen_ai.request.model", "infrastructure"],
    ["gen_ai.input.messages.0.parts.0.content", "text"],
    ["gen_ai.token.type", "infrastructure"],
    ["gen_ai.usage.input_tokens", "infrastructure"],
    ["http.request.header.content-type.0", "infrastructure"],
    ["http.request.header.x-forwarded-for.0", "personal"],
    ["http.request.header.x-anything", "secret"],
    ["http.request.header.cookie.0", "secret"],
    ["client.address", "personal"],
    ["user.full_name", "personal"],
    ["customer.address.street", "personal"],
    ["Level", "workflow"],
    ["span_id", "telemetry-id"],
    ["payload.order_id", "business-id"],
    ["app.customer.id", "account-id"],
  ])("knows %s as %s", (path, fieldClass) => {
    expect(catalog.classOf(path)).toBe(fieldClass);
  });

  it.each([
    "password",
    "userPassword",
    "db.password",
    "password.value",
    "cookies.0.value",
    "config.authToken",
    "config.auth_token",
    "x.accessToken",
    "headers.set-cookie.1",
    "card.pan",
    "payment.card_number",
    "payment.iban",
    "login.otp",
    "clientSecret",
    "AWS_SECRET_ACCESS_KEY",
    "csrf-token",
    "label.api-key",
  ])("closes %s, whatever the configuration says", (path) => {
    expect(withOwn({ [path]: "workflow", [`${path.split(".")[0]}.*`]: "workflow" }).classOf(path)).toBe("secret");
  });

  it.each(["max_tokens", "token_count", "tokenizer", "gen_ai.usage.output_tokens", "spinner", "companion", "passed"])(
    "does not take %s for a secret",
    (path) => {
      expect(catalog.classOf(path)).not.toBe("secret");
    },
  );

  it("lets a leaf about a person close what its parent shows", () => {
    expect(catalog.classOf("label.customer_email")).toBe("personal");
    expect(catalog.classOf("resource.k8s.pod.labels.ownerPhone")).toBe("personal");
  });

  it("never widens an unknown parent by a last segment that sounds familiar", () => {
    for (const last of ["level", "service", "email", "spanid", "pod", "name", "message", "http.route", "msg"]) {
      expect(catalog.classOf(`foo.bar.${last}`)).toBe("unknown");
    }
  });

  it("gives leaves under unknown parents no class, however deep and whatever their names", () => {
    const names = [...Object.keys(EXACT_CLASSES), ...PERSONAL_WORDS, ...Object.keys(PREFIX_CLASSES)]
      .flatMap((path) => path.split("."))
      .filter((name) => name !== "" && catalog.classOf(`zq.${name}`) === "unknown");
    const segment = fc.oneof(fc.constantFrom(...names), fc.stringMatching(/^zq[a-f]{1,6}$/), fc.nat(9).map(String));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 19 }), (path) => {
        const found = catalog.classOf(["zqunknown", ...path].join("."));
        // Only words of key rules join across segments, and their values are checked again.
        expect(["unknown", "business-id", "account-id", "telemetry-id", "secret"]).toContain(found);
        if (found !== "unknown" && found !== "secret") {
          expect(
            compileKeyRules(builtInKeyRules()).forAttribute(path.filter((s) => !/^\d+$/.test(s)).join(".")),
          ).not.toEqual([]);
        }
      }),
    );
  });

  it("takes own entries by path, by path without array places, and by prefix, the longest first", () => {
    const own = withOwn({ "cart.items.sku": "business-id", "cart.*": "infrastructure", "cart.notes.*": "note" });
    expect(own.classOf("cart.items.3.sku")).toBe("business-id");
    expect(own.classOf("cart.items.3.price")).toBe("infrastructure");
    expect(own.classOf("cart.notes.a.b")).toBe("note");
    expect(own.classOf("basket.total")).toBe("unknown");
  });

  it("does not find names of every object", () => {
    for (const path of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(catalog.classOf(path)).toBe("unknown");
    }
  });
});

it("opens by a whole path that path only, and nothing that begins like it", () => {
  const named = compileFieldCatalog({ "shop.ab": "workflow" }, compileKeyRules(builtInKeyRules()));
  expect(["shop.ab", "shop.abc", "shop.a"].map((path) => named.classOf(path))).toEqual([
    "workflow",
    "unknown",
    "unknown",
  ]);
});
