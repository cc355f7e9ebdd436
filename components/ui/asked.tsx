/** What a page shows of something that it asked for: while it waits, when it failed, when it is denied, and the thing itself. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { Button } from "./button";

export function Asked<Data>({
  query,
  name,
  denied,
  children,
}: {
  query: UseQueryResult<Data>;
  /** `The people`: what could not be fetched. */
  name: string;
  denied: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined && !query.isError) return children(query.data);
  if (query.isPending) return <div role="status" aria-label={`${name} are being fetched`} className="skeleton h-32" />;
  if (query.error instanceof CallFailed && query.error.code === "forbidden") return denied;
  return (
    <p role="alert">
      {name} could not be fetched. {query.error && failureText(query.error)}{" "}
      <Button onClick={() => void query.refetch()}>Ask again</Button>
    </p>
  );
}
