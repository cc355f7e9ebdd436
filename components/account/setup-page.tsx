"use client";

/** The form behind a one-time link. The server says what is wrong, at the field where it is wrong. */
import { useState, type SubmitEvent } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { finishSetup } from "@/lib/client/setup";
import { signInWithPassword } from "@/lib/client/sign-in-with-password";
import { MIN_PASSWORD_LENGTH, type SetupForm } from "@/lib/contract/setup";
import { Button } from "../ui/button";
import { Field } from "./field";
import { textOf } from "./text-of";

export interface SetupPageProps {
  readonly token: string;
  readonly purpose: "first-admin" | "invitation";
  /** Known for an invitation. */
  readonly name?: string;
  readonly email?: string;
}

type Problem = { readonly field?: string | undefined; readonly text: string };

export function SetupPage({ token, purpose, name, email }: SetupPageProps) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const isInvitation = purpose === "invitation";
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, "password");
    const found = problemOf(form);
    setProblem(found);
    if (found) return;
    setBusy(true);
    const wish: SetupForm = isInvitation
      ? { password }
      : { name: textOf(form, "name"), email: textOf(form, "email").trim(), password };
    try {
      const address = await finishSetup(token, wish);
      const { kind } = await signInWithPassword(address, password);
      window.location.assign(kind === "signed-in" ? "/" : "/sign-in");
    } catch (error) {
      setBusy(false);
      setProblem(wordsFor(error));
    }
  };
  const at = (field: string): string | undefined => (problem?.field === field ? problem.text : undefined);
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-80">
        <p aria-hidden="true" className="text-page text-accent">
          ▚
        </p>
        <h1 className="text-page font-strong">{isInvitation ? "Choose your password" : "Become the first admin"}</h1>
        <p className="text-muted">
          {isInvitation
            ? `For ${name ?? "you"} at Throughline. This page works once.`
            : "Nobody administers this server yet. This page works once."}
        </p>
        <form method="post" noValidate onSubmit={(event) => void submit(event)} className="mt-6 space-y-3">
          {!isInvitation && <Field name="name" label="Name" autoComplete="name" problem={at("name")} />}
          <Field
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            defaultValue={email}
            readOnly={isInvitation}
            problem={at("email")}
          />
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${String(MIN_PASSWORD_LENGTH)} characters. A few words are better than many signs.`}
            problem={at("password")}
          />
          <Field
            name="repeated"
            label="Password again"
            type="password"
            autoComplete="new-password"
            problem={at("repeated")}
          />
          <p role="alert" className="min-h-5 text-error">
            {problem && (problem.field === undefined ? problem.text : "Something above is not right yet.")}
          </p>
          <Button type="submit" look="primary" disabled={busy} className="h-9 w-full justify-center">
            {busy ? "Setting up …" : isInvitation ? "Set password and sign in" : "Create admin and sign in"}
          </Button>
        </form>
      </div>
    </main>
  );
}

/** What needs no server to see. */
function problemOf(form: FormData): Problem | undefined {
  const { length } = textOf(form, "password");
  if (length < MIN_PASSWORD_LENGTH) {
    const missing = `${String(length)} of at least ${String(MIN_PASSWORD_LENGTH)} characters.`;
    return { field: "password", text: length === 0 ? "A password is needed." : `Too short: ${missing}` };
  }
  if (textOf(form, "password") !== textOf(form, "repeated")) {
    return { field: "repeated", text: "The two passwords differ." };
  }
  return undefined;
}

function wordsFor(error: unknown): Problem {
  if (!(error instanceof CallFailed)) return { text: "The server did not answer. Try again in a moment." };
  if (error.code === "not-found") return { text: "This link was used in the meantime, or its time is over." };
  return { field: error.field, text: failureText(error) };
}
