/** Next calls `register` once when a server process starts, before the first request, and never while it builds. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./instrumentation-node");
  await startServer();
}

/** Everything that a page or handler let through. The message may hold a customer's data, so it is not written down. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { reportError } = await import("@/lib/platform/report-error");
  reportError(error, { area: "request", expected: false });
}
