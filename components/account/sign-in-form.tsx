"use client";

/** The sign-in form. Its errors are the same for an unknown address, a wrong password and a locked account. */
import { useQuery } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState, type SubmitEvent } from "react";
import { signInProvidersQuery } from "@/lib/client/sign-in-providers";
import { Button } from "../ui/button";

const REFUSED = "E-mail or password is wrong, or the account is locked for a while.";
const UNREACHABLE = "The sign-in service did not answer. Try again in a moment.";
const PROVIDER_REFUSED = "Signing in did not work. Your account may not be allowed here; ask an administrator.";

export function SignInForm({ next, refused }: { next: string; refused: boolean }) {
  const providers = useQuery(signInProvidersQuery);
  const [problem, setProblem] = useState(refused ? PROVIDER_REFUSED : undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    const answer = await signIn("credentials", {
      email: form.get("email"),
      password: form.get("password"),
      redirect: false,
    }).catch(() => undefined);
    if (answer?.ok && !answer.error) {
      // A whole load: the server draws the next page for the person who is now signed in.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setProblem(answer?.status === 401 ? REFUSED : UNREACHABLE);
  };
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-80">
        <p aria-hidden="true" className="text-page text-accent">
          ▚
        </p>
        <h1 className="text-page font-strong">Sign in to Throughline</h1>
        <p className="text-muted">One incident, one timeline.</p>
        {/* `post`: pressed before the page is ready, the browser would otherwise put the password into the address. */}
        <form method="post" onSubmit={(event) => void submit(event)} className="mt-6 space-y-3">
          <Field name="email" label="E-mail" type="email" autoComplete="username" />
          <Field name="password" label="Password" type="password" autoComplete="current-password" />
          <p role="alert" className="min-h-5 text-error">
            {problem}
          </p>
          <Button type="submit" look="primary" disabled={busy} className="h-9 w-full justify-center">
            {busy ? "Signing in …" : "Sign in"}
          </Button>
        </form>
        {providers.data?.map((provider) => (
          <Button
            key={provider.id}
            className="mt-2 h-9 w-full justify-center"
            onClick={() => void signIn(provider.id, { callbackUrl: next })}
          >
            Sign in with {provider.name}
          </Button>
        ))}
      </div>
    </main>
  );
}

function Field({
  name,
  label,
  type,
  autoComplete,
}: {
  name: string;
  label: string;
  type: string;
  autoComplete: string;
}) {
  return (
    <label className="block">
      <span className="text-small text-muted">{label}</span>
      <input
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        className="mt-0.5 h-9 w-full rounded-md border border-line-strong bg-raised px-2"
      />
    </label>
  );
}
