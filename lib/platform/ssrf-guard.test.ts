import { afterEach, describe, expect, it } from "vitest";
import { startFaultServer } from "@/lib/sources/testing/fault-server";
import { createSourceHttp } from "./create-source-http";
import { isAddressRefused } from "./ssrf-guard";

const READ = { operation: "test.read", method: "GET", path: "/" } as const;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function sendTo(baseUrl: string, allowPrivateAddress: boolean) {
  const http = createSourceHttp({ sourceId: "loki/x", baseUrl, allowPrivateAddress });
  opened.push(http);
  return http.send(READ, { deadlineAtMs: Date.now() + 1500, maxBytes: 1000 }, new AbortController().signal);
}

/** `PORT` is that of a live server on loopback: a guard that fails open gets an answer. */
const SPELLINGS = [
  "http://127.0.0.1:PORT",
  "http://127.1:PORT",
  "http://127.0.1:PORT",
  "http://2130706433:PORT",
  "http://0x7f.1:PORT",
  "http://0x7f000001:PORT",
  "http://0x7f.0x0.0x0.0x1:PORT",
  "http://0177.0.0.1:PORT",
  "http://017700000001:PORT",
  "http://127.0.0.1.:PORT",
  "http://127.255.255.254:PORT",
  "http://①②⑦.⓪.⓪.①:PORT",
  "http://127%2e0%2e0%2e1:PORT",
  "http://0.0.0.0:PORT",
  "http://0:PORT",
  "http://localhost:PORT",
  "http://LOCALHOST:PORT",
  "http://localhost.:PORT",
  "http://user:password@127.0.0.1:PORT",
  "http://[::1]:PORT",
  "http://[0:0:0:0:0:0:0:1]:PORT",
  "http://[::]:PORT",
  "http://[::127.0.0.1]:PORT",
  "http://[::ffff:127.0.0.1]:PORT",
  "http://[::ffff:7f00:1]:PORT",
  "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT",
  "http://[::ffff:0:127.0.0.1]:PORT",
  "http://[64:ff9b::127.0.0.1]:PORT",
  "http://[64:ff9b:1::7f00:1]:PORT",
  "http://[2002:7f00:1::]:PORT",
  "http://10.0.0.1:PORT",
  "http://172.16.0.1:PORT",
  "http://192.168.1.1:PORT",
  "http://100.64.0.1:PORT",
  "http://[fd12:3456::1]:PORT",
  "http://[fe80::1]:PORT",
];

describe("with private addresses not allowed", () => {
  it.each(SPELLINGS)("sends nothing to %s", async (spelling) => {
    const server = await startFaultServer("ok");
    opened.push(server);
    const result = await sendTo(spelling.replace("PORT", new URL(server.url).port), false);
    expect(result).toMatchObject({ ok: false, kind: "refused", attempts: expect.any(Number) });
    expect(server.requests).toEqual([]);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1", "unix:/var/run/docker.sock", "http://", "not a url"])(
    "takes %s for no address at all",
    async (baseUrl) => {
      expect(await sendTo(baseUrl, true)).toMatchObject({ ok: false, kind: "refused", attempts: 0 });
    },
  );

  it.each(["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])(
    "lets the public address %s pass",
    (address) => {
      expect(isAddressRefused(address, false)).toBe(false);
    },
  );

  it.each([
    "169.254.1.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "fec0::1",
    "fe80::1%eth0",
    "ff02::1",
    "100::1",
    "2001:db8::1",
    "2001::1",
    "4000::1",
    "",
    "localhost",
    "127.0.0.1.example",
  ])("refuses %j", (address) => {
    expect(isAddressRefused(address, false)).toBe(true);
  });
});

describe("with private addresses allowed", () => {
  it.each(["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd12::1", "::ffff:10.0.0.1", "100.64.0.1"])(
    "lets %s pass",
    (address) => {
      expect(isAddressRefused(address, true)).toBe(false);
    },
  );

  it.each([
    "169.254.169.254",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "[fd00:ec2:0:0:0:0:0:254]",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::169.254.169.254",
    "64:ff9b::169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
  ])("still refuses the metadata address %s", (address) => {
    expect(isAddressRefused(address, true)).toBe(true);
  });

  it.each([
    "http://169.254.169.254",
    "http://2852039166",
    "http://0xa9.254.0251.0xfe",
    "http://[::ffff:169.254.169.254]",
  ])("sends nothing to %s", async (baseUrl) => {
    expect(await sendTo(baseUrl, true)).toMatchObject({ ok: false, kind: "refused" });
  });
});
