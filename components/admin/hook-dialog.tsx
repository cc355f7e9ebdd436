"use client";

/** One hook: how to send to it, what its notifications mean, a new secret, its end. Hooks of the file are only shown. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeAlertHook, removeAlertHook, rotateAlertHook } from "@/lib/client/alert-hooks";
import type { AlertHookView, IssuedAlertHook } from "@/lib/contract/alert-hook";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { SureButton } from "../ui/sure-button";
import { HookSelect, RouteSelect } from "./hook-select";
import { KIND_WORDS, ROUTE_WORDS } from "./hook-words";
import { InstantText } from "./instant-text";
import { HookInstructions } from "./issued-secret";
import { TextField } from "./text-field";

interface HookDialogProps {
  readonly hook: AlertHookView;
  readonly onIssued: (issued: IssuedAlertHook) => void;
  readonly onChanged: () => Promise<void>;
  readonly onRemoved: () => Promise<void>;
  readonly onClose: () => void;
}

export function HookDialog({ hook, onClose, ...rest }: HookDialogProps) {
  const { id, kind, name, version, updatedBy } = hook;
  const origin = id === null ? "Provisioned by throughline.yaml" : `Changed by ${updatedBy ?? "somebody"}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`${kind}/${name}`}
      description={`${KIND_WORDS[kind]}. ${origin}.`}
    >
      {id === null || version === null ? (
        <p className="mt-2">
          Read-only here: change it in the file and restart. It means {ROUTE_WORDS[hook.route].short}.
        </p>
      ) : (
        <Controls key={version} hook={hook} id={id} version={version} {...rest} />
      )}
      <HookInstructions hook={hook} />
    </Dialog>
  );
}

function Controls({
  hook,
  id,
  version,
  onIssued,
  onChanged,
  onRemoved,
}: Omit<HookDialogProps, "onClose"> & { readonly id: string; readonly version: number }) {
  const change = useMutation({ mutationFn: changeAlertHook, onSuccess: onChanged });
  const remove = useMutation({ mutationFn: removeAlertHook, onSuccess: onRemoved });
  return (
    <div className="mt-3 space-y-3">
      {hook.kind !== "oncall" && (
        <RouteSelect value={hook.route} onChange={(route) => change.mutate({ id, change: { route, version } })} />
      )}
      <RotateForm hook={hook} id={id} version={version} onIssued={onIssued} />
      {hook.oldUntil !== null && (
        <p className="flex flex-wrap items-center gap-2">
          <span>
            ! The old secret works until <InstantText iso={hook.oldUntil} />.
          </span>
          <SureButton
            label="Drop old secret"
            sureLabel="Really drop it now"
            disabled={change.isPending}
            onSure={() => change.mutate({ id, change: { dropOld: true, version } })}
          />
        </p>
      )}
      <div className="flex justify-end">
        <SureButton
          label="Delete hook"
          sureLabel="Really delete this hook"
          disabled={remove.isPending}
          onSure={() => remove.mutate({ id, version })}
        />
      </div>
      <Failure error={change.error ?? remove.error} />
    </div>
  );
}

const OVERLAPS = [
  ["168", "for 7 days, or until you drop it"],
  ["24", "for a day, or until you drop it"],
  ["1", "for an hour, or until you drop it"],
  ["0", "not at all: it may have leaked"],
] as const;

function RotateForm({
  hook,
  id,
  version,
  onIssued,
}: Pick<HookDialogProps, "hook" | "onIssued"> & { readonly id: string; readonly version: number }) {
  const [hours, setHours] = useState("168");
  const [secret, setSecret] = useState("");
  const rotate = useMutation({ mutationFn: rotateAlertHook, onSuccess: onIssued });
  const isOwn = hook.kind === "sentry";
  return (
    <form
      aria-label="New secret"
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ id, rotation: { version, overlapHours: Number(hours), ...(isOwn && { secret }) } });
      }}
    >
      {isOwn && <TextField label="New Client Secret" type="password" value={secret} onChange={setSecret} />}
      <HookSelect label="The old secret goes on working" value={hours} options={OVERLAPS} onChange={setHours} />
      <Button type="submit" disabled={rotate.isPending || (isOwn && secret.length < 16)}>
        Rotate secret
      </Button>
      <Failure error={rotate.error} />
    </form>
  );
}
