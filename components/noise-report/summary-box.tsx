"use client";

/** What the meeting said, in its own words. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { saveSummary } from "@/lib/client/review";
import type { ReviewView } from "@/lib/contract/review";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";

export function SummaryBox({ view }: { view: ReviewView }) {
  const [text, setText] = useState<string | null>(null);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (summary: string) => saveSummary(view.month, summary, view.version),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["review", view.month] });
      setText(null);
    },
  });
  const mayWrite = view.mayDecide && view.state !== "signed";
  if (!mayWrite && view.summary === "") return null;
  if (text === null) {
    return (
      <div className="max-w-3xl">
        {view.summary !== "" && <p className="whitespace-pre-wrap">{view.summary}</p>}
        {mayWrite && (
          <Button
            look="plain"
            className="-ml-2.5 text-muted print:hidden"
            onClick={() => {
              setText(view.summary);
            }}
          >
            {view.summary === "" ? "Write what the meeting said" : "Edit the summary"}
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className="max-w-3xl"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(text);
      }}
    >
      <label className="block font-strong" htmlFor="review-summary">
        What the meeting said
      </label>
      <textarea
        id="review-summary"
        rows={4}
        maxLength={4000}
        value={text}
        className={`${FIELD_LOOK} w-full py-1`}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <Failure error={save.error} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={save.isPending}>
          Save summary
        </Button>
        <Button
          onClick={() => {
            setText(null);
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
