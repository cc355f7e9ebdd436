import { afterEach, expect, it, vi } from "vitest";

async function cookiesAt(address: string) {
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_URL", address);
  const { authCookies } = await import("./auth-cookies");
  return Object.values(authCookies());
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

it("over https every cookie belongs to this very host, out of reach of scripts and of other sites' changes", async () => {
  const cookies = await cookiesAt("https://app.example.com");
  expect(cookies).toHaveLength(6);
  for (const { name, options } of cookies) {
    expect(name).toMatch(/^__Host-throughline\./);
    // What the prefix demands: secure, the whole site, no domain.
    expect(options).toMatchObject({ secure: true, path: "/", httpOnly: true, sameSite: "lax" });
    expect(options).not.toHaveProperty("domain");
  }
});

it("over http they go without the prefix, which browsers would refuse there", async () => {
  for (const { name, options } of await cookiesAt("http://localhost:3000")) {
    expect(name).toMatch(/^throughline\./);
    expect(options).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
  }
});
