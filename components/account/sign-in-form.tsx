"use client";

/** The sign-in form. Its errors are the same for an unknown address, a wrong password and a locked account. */
import { useQuery } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState, type SubmitEvent } from "react";
import { announceIdentityChange } from "@/lib/client/identity-change";
import { signInProvidersQuery } from "@/lib/client/sign-in-providers";
import { signInWithPassword, type SignInOutcome } from "@/lib/client/sign-in-with-password";
import { Button } from "../ui/button";
import { Field } from "./field";
import { textOf } from "./text-of";

const REFUSED = "E-mail or password is wrong, or the account is locked for a while.";
const UNREACHABLE = "The sign-in service did not answer. Try again in a moment.";
const PROVIDER_REFUSED = "Signing in did not work. Your account may not be allowed here; ask an administrator.";
/** The provider must ask again, and say when it did, instead of remembering this morning's sign-in. */
const ASK_AGAIN = { prompt: "login", max_age: "0" };

export interface SignInFormProps {
  readonly next: string;
  readonly refused: boolean;
  /** Asks somebody who is signed in to prove it again. */
  readonly again?: { readonly email: string } | undefined;
}

export function SignInForm({ next, refused, again }: SignInFormProps) {
  const providers = useQuery(signInProvidersQuery);
  const [problem, setProblem] = useState(refused ? PROVIDER_REFUSED : undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    const outcome = await signInWithPassword(textOf(form, "email"), textOf(form, "password"));
    if (outcome.kind === "signed-in") {
      // Tabs that were left open by somebody else show that person's pages.
      if (!again) announceIdentityChange();
      // A whole load: the server draws the next page for the person who is now signed in.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setProblem(wordsFor(outcome));
  };
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-80">
        <p aria-hidden="true" className="text-page text-accent">
          ▚
        </p>
        <h1 className="text-page font-strong">{again ? "Confirm that it is you" : "Sign in to Throughline"}</h1>
        <p className="text-muted">
          {again ? "What comes next needs a sign-in of the last ten minutes." : "One incident, one timeline."}
        </p>
        {/* `post`: pressed before the page is ready, the browser would otherwise put the password into the address. */}
        <form method="post" onSubmit={(event) => void submit(event)} className="mt-6 space-y-3">
          <Field
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            defaultValue={again?.email}
            readOnly={again !== undefined}
          />
          <Field name="password" label="Password" type="password" autoComplete="current-password" required />
          <p role="alert" className="min-h-5 text-error">
            {problem}
          </p>
          <Button type="submit" look="primary" disabled={busy} className="h-9 w-full justify-center">
            {busy ? "Signing in …" : again ? "Confirm" : "Sign in"}
          </Button>
        </form>
        {providers.data?.map((provider) => (
          <Button
            key={provider.id}
            className="mt-2 h-9 w-full justify-center"
            onClick={() => void signIn(provider.id, { callbackUrl: next }, again ? ASK_AGAIN : undefined)}
          >
            {again ? "Confirm" : "Sign in"} with {provider.name}
          </Button>
        ))}
        {again && (
          <p className="mt-4">
            <a href={next} className="text-accent hover:underline">
              Go back without confirming
            </a>
          </p>
        )}
      </div>
    </main>
  );
}

function wordsFor(outcome: Exclude<SignInOutcome, { kind: "signed-in" }>): string {
  if (outcome.kind === "too-often") return outcome.detail;
  return outcome.kind === "refused" ? REFUSED : UNREACHABLE;
}
