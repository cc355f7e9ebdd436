/** Time, chance and visibility of the page, for following a live question. */
import type { FollowTools } from "./follow-stream";

export const browserFollowTools: FollowTools = {
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
      if (signal.aborted) resolve();
    }),
  random: Math.random,
  isHidden: () => document.visibilityState === "hidden",
  visibilityChange: (signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        document.removeEventListener("visibilitychange", done);
        resolve();
      };
      document.addEventListener("visibilitychange", done);
      signal.addEventListener("abort", done, { once: true });
      if (signal.aborted) done();
    }),
};
