/**
 * What a person feels: time to the first row, frames while scrolling 50,000 rows, the longest task while they arrive, and
 * memory. The real page in a real browser; only the answer is made up. Software rendering, so: upper bounds.
 */
import { existsSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import { BROWSER_ARGUMENTS, CHROMIUM_PATH } from "@/e2e/support/browser-arguments";
import { demo } from "@/e2e/support/demo";
import { signIn } from "@/e2e/support/sign-in";
import startDemo from "@/e2e/support/start-demo";
import { manyRowsStream } from "./many-rows-stream";
import type { Result } from "./measure";

const ROWS = 50_000;
const MIB = 1024 * 1024;

export async function benchBrowser(): Promise<Result[]> {
  if (!existsSync(CHROMIUM_PATH)) {
    console.log("Chromium is not here (CHROMIUM_PATH): this part is left out");
    return [];
  }
  const stop = await startDemo();
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: BROWSER_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await signIn(page, "engineer");
    return await measure(page);
  } finally {
    await browser.close();
    await stop();
  }
}

async function measure(page: Page): Promise<Result[]> {
  await page.addInitScript(watch);
  const body = manyRowsStream(ROWS);
  await page.route("**/api/v1/timeline?*", (route) => route.fulfill({ contentType: "application/x-ndjson", body }));
  await page.goto(`${demo().url}/timeline?key=order:48192`);
  await page.getByRole("option").first().waitFor();
  await page
    .getByText(`${ROWS.toLocaleString("en")} of ${ROWS.toLocaleString("en")} rows`)
    .first()
    .waitFor();
  const { firstRowMs, longestTaskMs } = await page.evaluate(() => window.bench);
  const frames = await page.evaluate(scrollForThreeSeconds);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  frames.sort((a, b) => a - b);
  const at = (share: number) => frames[Math.floor(frames.length * share)] ?? 0;
  const note = `${String(frames.length)} frames, median ${at(0.5).toFixed(0)} ms, worst ${(frames.at(-1) ?? 0).toFixed(0)} ms`;
  return [
    { name: "first row after the answer began", value: firstRowMs, unit: " ms", aim: 1_000 },
    { name: "longest task while 50,000 rows arrive", value: longestTaskMs, unit: " ms", aim: 500 },
    { name: "frame while scrolling 50,000 rows, 95th percentile", value: at(0.95), unit: " ms", aim: 33, note },
    { name: "heap with 50,000 rows", value: usedSize / MIB, unit: " MiB", aim: 300 },
  ];
}

declare global {
  interface Window {
    bench: { firstRowMs: number; longestTaskMs: number };
  }
}

/** Runs in the page before its own code. */
function watch(): void {
  const seen = { firstRowMs: 0, longestTaskMs: 0 };
  window.bench = seen;
  const original = window.fetch;
  let askedAt = 0;
  window.fetch = async (...args) => {
    const response = await original(...args);
    if (String(args[0]).includes("/api/v1/timeline?")) askedAt = performance.now();
    return response;
  };
  new PerformanceObserver((list) => {
    if (askedAt === 0) return;
    for (const entry of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, entry.duration);
  }).observe({ entryTypes: ["longtask"] });
  const look = (): void => {
    if (document.querySelector("[role=option]")) seen.firstRowMs = performance.now() - askedAt;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page: distances between frames while the list moves. */
function scrollForThreeSeconds(): Promise<number[]> {
  const box = [...document.querySelectorAll("*")].find(
    (element) => element.scrollHeight > 100_000 && getComputedStyle(element).overflowY !== "visible",
  );
  return new Promise((resolve) => {
    const frames: number[] = [];
    let last = performance.now();
    const startedAt = last;
    const step = (now: number): void => {
      frames.push(now - last);
      last = now;
      if (box) box.scrollTop += 280;
      if (now - startedAt > 3_000) resolve(frames.slice(1));
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
