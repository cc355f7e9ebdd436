"use client";

/** Makes a hook. Its secret is made here, but for Sentry, which brings its own. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { createAlertHook } from "@/lib/client/alert-hooks";
import { AUTHS_OF } from "@/lib/client/hook-setup";
import { NewAlertHook, type IssuedAlertHook } from "@/lib/contract/alert-hook";
import type { AlertRoute } from "@/lib/domain/alert-history";
import { HOOK_KINDS, HookAuth, HookKind, HookName } from "@/lib/domain/alert-hook";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { HookSelect, RouteSelect } from "./hook-select";
import { KIND_WORDS } from "./hook-words";
import { TextField } from "./text-field";

const AUTH_WORDS: Readonly<Record<HookAuth, string>> = {
  bearer: "Bearer: the secret in a header",
  basic: "Basic: user name and secret",
  hmac: "HMAC: a signature over the body",
};

export function NewHookDialog({ onMade, onClose }: { onMade: (made: IssuedAlertHook) => void; onClose: () => void }) {
  const [form, setForm] = useState<{
    kind: HookKind;
    auth: HookAuth;
    route: AlertRoute;
    name: string;
    username: string;
    secret: string;
  }>({
    ...{ kind: "alertmanager", auth: "bearer", route: "page", name: "", username: "", secret: "" },
  });
  const make = useMutation({ mutationFn: createAlertHook, onSuccess: onMade });
  const { secret, username, ...rest } = form;
  const wish = NewAlertHook.safeParse({
    ...rest,
    ...(form.auth === "basic" && { username }),
    ...(form.kind === "sentry" && { secret }),
  });
  const isNameWrong = form.name !== "" && !HookName.safeParse(form.name).success;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Make a hook"
      description="One for each sender, and one each for pages and tickets: no field of an alert says whether it woke somebody."
    >
      <form
        className="mt-3 space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wish.success) make.mutate(wish.data);
        }}
      >
        <HookSelect
          label="Sender"
          value={form.kind}
          options={HOOK_KINDS.map((kind) => [kind, KIND_WORDS[kind]])}
          onChange={(value) => {
            const kind = HookKind.parse(value);
            setForm({
              ...form,
              kind,
              auth: AUTHS_OF[kind][0] ?? "bearer",
              route: kind === "oncall" ? "unknown" : form.route,
            });
          }}
        />
        <TextField
          label="Name, the last part of the path"
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
        />
        <p className="font-mono text-small break-all text-muted">
          POST /api/v1/webhooks/{form.kind}/{form.name === "" ? "…" : form.name}
        </p>
        <p role="alert" className="text-small text-error">
          {isNameWrong && "✕ Expected lower-case letters, digits and dashes, at most 40."}
        </p>
        {form.kind !== "oncall" && <RouteSelect value={form.route} onChange={(route) => setForm({ ...form, route })} />}
        <HookSelect
          label="How the sender proves itself"
          value={form.auth}
          options={AUTHS_OF[form.kind].map((auth) => [auth, AUTH_WORDS[auth]])}
          onChange={(value) => setForm({ ...form, auth: HookAuth.parse(value) })}
        />
        {form.auth === "basic" && (
          <TextField label="User name" value={username} onChange={(next) => setForm({ ...form, username: next })} />
        )}
        {form.kind === "sentry" && (
          <TextField
            label="Client Secret of Sentry's internal integration, from 16 characters"
            type="password"
            value={secret}
            onChange={(next) => setForm({ ...form, secret: next })}
          />
        )}
        <Failure error={make.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!wish.success || make.isPending}>
            Make hook
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
