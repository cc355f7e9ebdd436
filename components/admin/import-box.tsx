"use client";

/** A CSV file of an on-call tool: looked at first, line by line, then taken. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { importOnCallFile, onCallQuery } from "@/lib/client/on-call";
import { IMPORT_KINDS, ImportKind, type ImportResult } from "@/lib/contract/on-call";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { HookSelect } from "./hook-select";

const WHAT_WORDS: Readonly<Record<ImportKind, string>> = {
  pages: "Pages: who was interrupted when",
  shifts: "Shifts: who was on call when",
  people: "People: names, teams and clocks",
};
const UNCHOSEN = "?";
const NO_HOOK = "";

export function ImportBox({ hooks }: { hooks: readonly string[] }) {
  const queries = useQueryClient();
  const [what, setWhat] = useState<ImportKind>("pages");
  // Chosen by itself only when there is nothing to choose: the wrong one would count pages twice.
  const [hook, setHook] = useState(
    hooks.length === 0 ? NO_HOOK : hooks.length === 1 ? (hooks[0] ?? NO_HOOK) : UNCHOSEN,
  );
  const [file, setFile] = useState<{ name: string; text: string }>();
  const check = useMutation({ mutationFn: importOnCallFile });
  const take = useMutation({
    mutationFn: importOnCallFile,
    onSuccess: () => queries.invalidateQueries({ queryKey: onCallQuery.queryKey }),
  });
  const forget = (): void => {
    check.reset();
    take.reset();
  };
  const wish = file && hook !== UNCHOSEN ? { what, hook, text: file.text } : undefined;
  return (
    <section aria-labelledby="import" className="mt-6 max-w-3xl">
      <h2 id="import" className="text-section font-strong">
        Upload a file
      </h2>
      <p className="text-small text-muted">
        Comma-separated values, the columns as docs/on-call-feed.md names them, 5,000 lines at most. Sent again, a line
        is updated and never counted twice.
      </p>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <HookSelect
          label="The file holds"
          value={what}
          options={IMPORT_KINDS.map((kind) => [kind, WHAT_WORDS[kind]])}
          onChange={(next) => {
            forget();
            setWhat(ImportKind.parse(next));
          }}
        />
        <HookSelect
          label="The same tool tells through"
          value={hook}
          options={[
            ...(hook === UNCHOSEN ? [[UNCHOSEN, "Choose…"] as const] : []),
            ...hooks.map((name) => [name, `oncall/${name}`] as const),
            [NO_HOOK, "no hook, by files alone"],
          ]}
          onChange={(next) => {
            forget();
            setHook(next);
          }}
        />
        <label className="block sm:col-span-2">
          <span className="block text-small text-muted">CSV file</span>
          <input
            type="file"
            accept=".csv,text/csv"
            className="w-full text-small"
            onChange={(event) => {
              forget();
              const chosen = event.target.files?.[0];
              setFile(undefined);
              void chosen?.text().then((text) => setFile({ name: chosen.name, text }));
            }}
          />
        </label>
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          disabled={!wish || check.isPending}
          onClick={() => {
            take.reset();
            if (wish) check.mutate({ ...wish, check: true });
          }}
        >
          Check file
        </Button>
        <Button
          look="primary"
          disabled={!wish || !check.data || check.data.rows === 0 || take.isPending || take.isSuccess}
          onClick={() => {
            if (wish) take.mutate({ ...wish, check: false });
          }}
        >
          Import {check.data ? `${String(check.data.rows)} ${check.data.what}` : "file"}
        </Button>
      </div>
      <Failure error={take.error ?? check.error} />
      <Outcome result={take.data ?? check.data} />
    </section>
  );
}

function Outcome({ result }: { result: ImportResult | undefined }) {
  if (!result) return <p role="status" />;
  const { checked, what, refused, refusedLines, matched } = result;
  const counts = `${String(result.new)} ${what} new, ${String(result.known)} already known`;
  return (
    <div>
      <p role="status" className={checked ? "" : "text-good"}>
        {checked ? "Nothing is written yet: " : "✓ Imported: "}
        {counts}, {refused} {refused === 1 ? "line" : "lines"} refused{refused > 0 && ":"}
        {matched > 0 && `. ${String(matched)} pages found their alert`}
      </p>
      {refused > 0 && (
        <ul aria-label="Refused lines" className="mt-1">
          {refusedLines.map(({ line, column, detail }) => (
            <li key={line} className="border-t border-line py-0.5 text-small">
              ✕ <span className="font-mono">line {line}</span>
              {column !== "" && <span className="font-mono">, {column}</span>}: {detail}
            </li>
          ))}
          {refused > refusedLines.length && (
            <li className="border-t border-line py-0.5 text-small text-muted">
              {refusedLines.length} of {refused} shown.
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
