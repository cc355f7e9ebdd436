/** Versions below which a known hole is open. Raised by hand, with the reason. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const FLOORS: Readonly<Record<string, { readonly floor: string; readonly because: string }>> = {
  next: { floor: "16.3.3", because: "code run through images (GHSA-2xp9-vwfh-vxw4) and before it the RSC protocol" },
  react: { floor: "19.2.6", because: "CVE-2025-55182, CVE-2026-23870" },
  "react-dom": { floor: "19.2.6", because: "CVE-2025-55182, CVE-2026-23870" },
  "next-auth": { floor: "4.24.15", because: "GHSA-7rqj-j65f-68wh and two more" },
  undici: { floor: "7.24.0", because: "CVE-2026-1525 to 1528, CVE-2026-2229" },
};

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;

/** Every copy that is installed, nested ones too. */
function installed(name: string): string[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .flatMap(([, { version }]) => version ?? []);
}

/** Pre-releases count as older than their release. */
function isAtLeast(version: string, floor: string): boolean {
  const numbers = (text: string) => (text.split("-")[0] ?? "").split(".").map(Number);
  const [have, want] = [numbers(version), numbers(floor)];
  for (let i = 0; i < 3; i++) if (have[i] !== want[i]) return (have[i] ?? 0) > (want[i] ?? 0);
  return !version.includes("-");
}

describe("installed packages", () => {
  it.each(Object.entries(FLOORS))("%s has no copy below its floor", (name, { floor }) => {
    const versions = installed(name);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  it("would be found below it", () => {
    for (const old of ["16.3.2", "16.2.11", "15.9.9", "16.3.3-canary.1"]) expect(isAtLeast(old, "16.3.3")).toBe(false);
    for (const good of ["16.3.3", "16.10.0", "17.0.0"]) expect(isAtLeast(good, "16.3.3")).toBe(true);
  });
});
