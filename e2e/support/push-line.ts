/** Adds one line to the demo's product logs, as an application would: through Loki's push API. */
import { demo } from "./demo";

export async function pushLine(text: string, happenedAtMs: number): Promise<void> {
  const loki = demo().sources.find((source) => source.kind === "loki" && source.name === "product");
  if (!loki) throw new Error("the demo has no product logs");
  const line = `level=info msg="${text}" order_id=48192`;
  const stream = { service_name: "order-service", deployment_environment_name: "production" };
  const answer = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams: [{ stream, values: [[`${String(happenedAtMs)}000000`, line]] }] }),
  });
  if (!answer.ok) throw new Error(`the line was not taken: ${String(answer.status)}`);
}
