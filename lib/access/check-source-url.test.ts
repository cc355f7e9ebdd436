import { describe, expect, it } from "vitest";
import { readAddressRanges } from "@/lib/platform/ssrf-guard";
import { checkSourceUrl } from "./check-source-url";

const office = readAddressRanges("10.1.0.0/16, 192.168.7.9, fd12::/16") ?? [];

describe("the address of a source of the page", () => {
  it.each([
    ["https://loki.example.com", "https://loki.example.com/"],
    ["https://LOKI.example.com:443/loki-eu", "https://loki.example.com/loki-eu"],
    ["https://8.8.8.8:3100", "https://8.8.8.8:3100/"],
    ["https://10.1.2.3:3100", "https://10.1.2.3:3100/"],
    ["https://192.168.7.9", "https://192.168.7.9/"],
    ["https://[fd12::5]:9090", "https://[fd12::5]:9090/"],
  ])("may be %s", (text, kept) => {
    expect(checkSourceUrl(text, false, office)).toEqual({ ok: true, url: kept });
  });

  it.each([
    ["loki.example.com", "Expected an address"],
    ["ftp://loki.example.com", "https://"],
    ["file:///etc/passwd", "https://"],
    ["javascript:alert(1)", "https://"],
    ["https://me:secret@loki.example.com", "without user name"],
    ["https://me@loki.example.com", "without user name"],
    ["https://@loki.example.com", "without user name"],
    ["https://loki.example.com/?x=1", "without ?"],
    ["https://loki.example.com/#x", "without ?"],
    ["https://loki.example.com:22", "22"],
    ["https://loki.example.com:25", "25"],
    ["https://loki.example.com:6379", "Redis"],
    ["https://loki.example.com:5432", "PostgreSQL"],
    ["https://10.2.0.1", "public"],
    ["https://192.168.7.8", "public"],
    ["https://127.0.0.1", "public"],
    ["https://localhost:3100", "public"],
    ["https://loki.localhost.", "public"],
    ["https://2130706433", "public"],
    ["https://①②⑦.⓪.⓪.①", "public"],
    ["https://[::ffff:10.2.0.1]", "public"],
    ["https://169.254.169.254", "public"],
  ])("is refused as %s, with the reason", (text, reason) => {
    const checked = checkSourceUrl(text, true, office);
    expect(checked).toMatchObject({ ok: false, field: "url" });
    expect(!checked.ok && checked.detail).toContain(reason);
  });

  it("is https unless http is meant", () => {
    expect(checkSourceUrl("http://loki.example.com", false, false)).toMatchObject({ ok: false, field: "plainHttp" });
    expect(checkSourceUrl("http://loki.example.com", true, false)).toMatchObject({ ok: true });
  });

  it("is never cloud metadata, whatever the operator opened", () => {
    const everything = readAddressRanges("0.0.0.0/0,::/0") ?? [];
    for (const host of ["169.254.169.254", "[fd00:ec2::254]", "[::ffff:a9fe:a9fe]", "100.100.100.200"]) {
      expect(checkSourceUrl(`https://${host}`, false, everything)).toMatchObject({ ok: false });
    }
    expect(checkSourceUrl("https://10.9.9.9", false, everything)).toMatchObject({ ok: true });
  });
});

it.each(["10.0.0.0/33", "10.0.0", "localhost", "10.0.0.0/8;1.2.3.4", "::/129", "0x7f.1/8"])(
  "a list with %j is no list of ranges",
  (list) => {
    expect(readAddressRanges(list)).toBeUndefined();
  },
);
