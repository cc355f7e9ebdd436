/** One verdict through a link. Its holder may be signed in nowhere: the token in the path is what they prove themselves with. */
import { answerJson } from "@/app/api/answer-json";
import { catchProblems } from "@/app/api/catch-problems";
import { readJson } from "@/app/api/read-json";
import { judgeThroughLink } from "@/lib/alerts/verdict-links";
import { LinkVerdict } from "@/lib/contract/alerts";
import { clientAddress } from "@/lib/identity/client-address";
import { requireSameOrigin } from "@/lib/identity/require-same-origin";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ token: string }>;
}

export const POST = catchProblems("alerts.judge-link", async (request, { params }: Context) => {
  requireSameOrigin(request);
  const { token } = await params;
  const verdict = await readJson(request, LinkVerdict);
  await judgeThroughLink(token, verdict, clientAddress(request.headers));
  return answerJson({ judged: true }, 201);
});
