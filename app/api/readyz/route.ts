/** Whether a balancer should send requests here: 503 while starting, stopping, or without a database. */
import { readiness } from "@/lib/platform/readiness";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { ready, checks } = await readiness();
  return new Response(JSON.stringify({ ready, checks }), {
    status: ready ? 200 : 503,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}
