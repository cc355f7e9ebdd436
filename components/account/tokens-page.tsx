"use client";

/** Create, list and revoke one's own API tokens. The text of a new one is on this page once and nowhere else. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiTokensQuery, createApiToken, revokeApiToken } from "@/lib/client/api-tokens";
import { failureText } from "@/lib/client/call-api";
import type { ApiTokenView } from "@/lib/contract/api-token";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";

export function TokensPage({ role }: { role: Role }) {
  const tokens = useQuery(apiTokensQuery);
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: apiTokensQuery.queryKey });
  const create = useMutation({ mutationFn: createApiToken, onSuccess: refresh });
  const revoke = useMutation({ mutationFn: revokeApiToken, onSuccess: refresh });
  const failure = create.error ?? revoke.error;
  return (
    <div className="mx-auto max-w-4xl px-4 py-8">
      <h1 className="text-page font-strong">API tokens</h1>
      <p className="text-muted">A token asks as you, in the role {role}, until it expires or you revoke it.</p>
      <form
        className="mt-6 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const name = form.get("name");
          create.mutate({ name: typeof name === "string" ? name.trim() : "", role, days: Number(form.get("days")) });
        }}
      >
        <label>
          <span className="block text-small text-muted">Name</span>
          <input
            name="name"
            required
            maxLength={80}
            className="h-7 w-56 rounded-md border border-line-strong bg-raised px-2"
          />
        </label>
        <label>
          <span className="block text-small text-muted">Days until it expires</span>
          <input
            name="days"
            type="number"
            required
            min={1}
            max={365}
            defaultValue={30}
            className="h-7 w-24 rounded-md border border-line-strong bg-raised px-2"
          />
        </label>
        <Button type="submit" look="primary" disabled={create.isPending}>
          Create token
        </Button>
      </form>
      <p role="alert" className="mt-2 min-h-5 text-error">
        {failure && failureText(failure)}
      </p>
      {create.data !== undefined && (
        <div className="mb-4 rounded-md border border-accent p-3">
          <p className="font-strong">Copy this token now. It is not shown again.</p>
          <p className="flex flex-wrap items-center gap-2">
            <code className="font-mono break-all">{create.data}</code>
            <CopyButton text={create.data} label="Copy token" />
          </p>
        </div>
      )}
      <Asked
        query={tokens}
        name="The tokens"
        denied={<p>Hidden for your role ({role}).</p>}
        loading={<div className="skeleton h-24" />}
      >
        {(list) => (
          <TokenTable
            tokens={list}
            onRevoke={(id) => {
              revoke.mutate(id);
            }}
          />
        )}
      </Asked>
    </div>
  );
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly ApiTokenView[]; onRevoke: (id: string) => void }) {
  if (tokens.length === 0) return <p className="text-muted">You have no tokens.</p>;
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label="Your tokens">
      <table className="w-full min-w-xl text-left">
        <thead className="text-small text-muted">
          <tr>
            {["Name", "Begins with", "Role", "Created", "Last used", "Expires", "State"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiTokenView; onRevoke: (id: string) => void }) {
  // A second press revokes: a dialog would be more in the way than the loss is worth.
  const [sure, setSure] = useState(false);
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-4 font-normal">
        {token.name}
      </th>
      <td className="pr-4 font-mono text-small">{token.prefix}…</td>
      <td className="pr-4">{token.role}</td>
      <td className="pr-4">{day(token.createdAt)}</td>
      <td className="pr-4">{day(token.lastUsedAt) ?? "never"}</td>
      <td className="pr-4">{day(token.expiresAt) ?? "never"}</td>
      <td>
        {token.revokedAt !== null ? (
          <span className="text-muted">revoked {day(token.revokedAt)}</span>
        ) : (
          <Button
            look="plain"
            className={sure ? "text-error" : ""}
            onClick={() => {
              if (sure) onRevoke(token.id);
              setSure(!sure);
            }}
          >
            {sure ? "Really revoke" : "Revoke"}
            <span className="sr-only"> token {token.name}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

function day(instant: string | null): string | undefined {
  return instant === null ? undefined : `${instant.slice(0, 10)} UTC`;
}
