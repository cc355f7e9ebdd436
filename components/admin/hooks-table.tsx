/** All hooks: where each comes from, what its notifications mean, what it heard last. */
import type { AlertHookView } from "@/lib/contract/alert-hook";
import { Table } from "../ui/table";
import { KIND_WORDS, ROUTE_WORDS } from "./hook-words";
import { InstantText } from "./instant-text";

const COLUMNS = ["Hook", "Means", "From", "Proof", "Last call", "In 24 h", "Last error"];

export function HooksTable({
  hooks,
  onOpen,
}: {
  hooks: readonly AlertHookView[];
  /** With the path of the hook. */
  onOpen: (path: string) => void;
}) {
  return (
    <Table label="Hooks" columns={COLUMNS}>
      {hooks.map((hook) => (
        <HookRow key={`${hook.id ?? "file"} ${hook.path}`} hook={hook} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function HookRow({ hook, onOpen }: { hook: AlertHookView; onOpen: (path: string) => void }) {
  const { id, kind, name, path, route, auth, inForce, oldUntil, lastUsedAt, callsInDay, lastRefusal } = hook;
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-4 font-normal">
        <button type="button" className="text-left underline" onClick={() => onOpen(path)}>
          {kind}/{name}
        </button>
        <span className="block text-small text-muted">{KIND_WORDS[kind]}</span>
        {!inForce && <span className="block text-small text-warning">! Not in force: the file has this path.</span>}
      </th>
      <td className="py-1 pr-4">{ROUTE_WORDS[route].short}</td>
      <td className="py-1 pr-4">
        <span
          title={id === null ? "From throughline.yaml; read-only here" : "Made on this page"}
          className="rounded border border-line-strong px-1 text-[11px] leading-4 text-muted"
        >
          {id === null ? "provisioned" : "page"}
        </span>
      </td>
      <td className="py-1 pr-4">
        {auth}
        {oldUntil !== null && (
          <span className="block text-small">
            ! old secret works until <InstantText iso={oldUntil} />
          </span>
        )}
      </td>
      <td className="py-1 pr-4">
        {lastUsedAt === null ? <span className="text-muted">none lately</span> : <InstantText iso={lastUsedAt} />}
      </td>
      <td className="py-1 pr-4">{callWords(callsInDay)}</td>
      <td className="py-1 pr-4 text-small">
        {lastRefusal === null ? (
          <span className="text-muted">none</span>
        ) : (
          <>
            ! <InstantText iso={lastRefusal.at} /> {lastRefusal.why}
          </>
        )}
      </td>
    </tr>
  );
}

function callWords({ count, atLeast }: AlertHookView["callsInDay"]): string {
  return atLeast ? `${String(count)} or more` : String(count);
}
