/** What a page shows of something that it asked for: while it waits, when it failed, when it is denied, and the thing itself. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { Button } from "./button";

export function Asked<Data>({
  query,
  name,
  denied,
  loading = <div className="skeleton h-32" />,
  children,
}: {
  query: UseQueryResult<Data>;
  /** `The people`: what could not be fetched. */
  name: string;
  denied: ReactNode;
  /** The skeleton, in the geometry of what will stand there. */
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const isDenied = query.error instanceof CallFailed && query.error.code === "forbidden";
  // What was typed into it must survive an asking that failed later.
  if (query.data !== undefined && !isDenied) {
    return (
      <>
        {query.isError && (
          <p role="alert" className="text-small text-error">
            ✕ Shown as it was: {failureText(query.error)}
          </p>
        )}
        {children(query.data)}
      </>
    );
  }
  if (isDenied) return denied;
  if (query.isPending) {
    return (
      <div role="status" aria-label={`${name}: being fetched`}>
        {loading}
      </div>
    );
  }
  return (
    <p role="alert">
      {name} could not be fetched. {query.error && failureText(query.error)}{" "}
      <Button onClick={() => void query.refetch()}>Ask again</Button>
    </p>
  );
}
