/** The password form's call of next-auth, with the answers that its own helper does not tell apart. */
import { z } from "zod";
import { Problem } from "@/lib/contract/problem";

export type SignInOutcome =
  | { readonly kind: "signed-in" }
  /** Whatever the reason: the server does not say. */
  | { readonly kind: "refused" }
  | { readonly kind: "too-often"; readonly detail: string }
  | { readonly kind: "unreachable" };

const Csrf = z.object({ csrfToken: z.string() });
const Answer = z.object({ url: z.url() });

export async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  try {
    const { csrfToken } = Csrf.parse(await (await fetch("/api/auth/csrf")).json());
    const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
    return await readOutcome(await fetch("/api/auth/callback/credentials", { method: "POST", body }));
  } catch {
    return { kind: "unreachable" };
  }
}

async function readOutcome(response: Response): Promise<SignInOutcome> {
  if (response.status === 401) return { kind: "refused" };
  const answer: unknown = await response.json();
  if (response.status === 429) {
    return { kind: "too-often", detail: Problem.parse(answer).detail ?? "That was too often. Try again later." };
  }
  // A stale anti-forgery token is answered with the way back to the form.
  const isThrough = response.ok && !new URL(Answer.parse(answer).url).searchParams.has("csrf");
  return { kind: isThrough ? "signed-in" : "unreachable" };
}
