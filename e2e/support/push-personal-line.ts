/** A log line of the demo's shop that holds an e-mail address as a field of its own. */
import { demo } from "./demo";

export async function pushPersonalLine(orderId: string, email: string, happenedAtMs: number): Promise<void> {
  const loki = demo().sources.find((source) => source.kind === "loki" && source.name === "product");
  if (!loki) throw new Error("the demo has no product logs");
  const line = `level=info msg="address of the order was checked" order_id=${orderId} email=${email}`;
  const stream = { service_name: "order-service", deployment_environment_name: "production" };
  const answer = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams: [{ stream, values: [[`${String(happenedAtMs)}000000`, line]] }] }),
  });
  if (!answer.ok) throw new Error(`the line was not taken: ${String(answer.status)}`);
}
