"use client";

/** Disconnects a source after a question: its credentials are gone then. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { removeSource } from "@/lib/client/sources";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";

export function RemoveSource({
  id,
  version,
  name,
  onRemoved,
}: {
  id: string;
  version: number;
  name: string;
  onRemoved: () => Promise<void>;
}) {
  const [open, setOpen] = useState(false);
  const remove = useMutation({ mutationFn: removeSource, onSuccess: onRemoved });
  return (
    <>
      <Button
        look="plain"
        onClick={() => {
          setOpen(true);
        }}
      >
        Remove source
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${name}?`}
        description="It is not asked any more, and its credentials are deleted. Timelines say that this kind is missing when no other source of it is left."
      >
        <Failure error={remove.error} />
        <div className="flex gap-2">
          <Button
            look="primary"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate({ id, version });
            }}
          >
            Remove {name}
          </Button>
          <Button
            onClick={() => {
              setOpen(false);
            }}
          >
            Keep source
          </Button>
        </div>
      </Dialog>
    </>
  );
}
