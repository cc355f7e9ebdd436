/** Where alert managers send: stored, then 202. No session and no token of ours: what is sent proves itself. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { receiveWebhook } from "@/lib/alerts/receive-webhook";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ kind: string; name: string }>;
}

const receive = catchProblems("webhooks", async (request, { params }: Context) => {
  const { kind, name } = await params;
  await receiveWebhook(request, kind, name);
  return answerJson({ stored: true }, 202);
});

export const POST = receive;
/** Grafana may be told to send so. */
export const PUT = receive;
