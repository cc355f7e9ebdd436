/** Sign-in, sign-out and session, by next-auth. */
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { catchProblems } from "@/app/api/catch-problems";
import { authOptions } from "@/lib/identity/auth-options";
import { FORGET_EVERYTHING } from "@/lib/identity/forget-everything";
import { passSignInGate } from "@/lib/identity/sign-in-gate";
import { endsSession } from "@/lib/identity/session-cookie";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  return catchProblems("sign-in", () => answer(request, context))(request, context);
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  await passSignInGate(request, (await context.params).nextauth);
  const response: Response = await NextAuth(request, context, authOptions(request.headers));
  response.headers.set("cache-control", "private, no-store");
  if (request.method === "POST" && endsSession(response.headers)) {
    for (const [name, value] of Object.entries(FORGET_EVERYTHING)) response.headers.set(name, value);
  }
  return response;
}

export { handle as GET, handle as POST };
