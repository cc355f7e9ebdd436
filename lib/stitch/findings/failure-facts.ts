/** What a failed call says about how it failed: whether it timed out, was refused, or reached nobody. Pure. */
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { SpanNode } from "./span-tree";

const TIMEOUT_WORDS = /time[d -]?out|deadline|etimedout|cancell?ed|aborted/i;
const NETWORK_WORDS =
  /refused|unreachable|reset|unavailable|no route|not ?found.*host|enotfound|econn|eai_again|hang ?up|dns|resolve|connect|network|socket|broken pipe|temporar|tls|certificate|overload|pool/i;

const TIMEOUT_STATUS: ReadonlySet<number> = new Set([408, 499, 504]);
const WAITING_STATUS: ReadonlySet<number> = new Set([404, 408, 409, 425, 499, 504]);
const WAITING_WORDS =
  /time[d -]?out|deadline|not (?:yet|found|ready|confirmed|available)|within \d|pending|stale|missing/i;

/** The called side understood and said no. */
const DECISION_STATUS: ReadonlySet<number> = new Set([401, 402, 403, 409, 412, 422, 423, 451]);
/** gRPC: deadline exceeded, aborted by the other side, internal, unavailable, data loss; unknown is nobody's. */
const PEER_RPC_CODES: ReadonlySet<number> = new Set([4, 8, 13, 14, 15]);
const DECISION_RPC_CODES: ReadonlySet<number> = new Set([6, 7, 9, 16]);
const SLOW_STORE_CALL_MS = 1_000;

export function httpStatus({ row }: Pick<SpanNode, "row">): number | undefined {
  const { attributes } = row.event;
  const code = Number(attributes["http.response.status_code"] ?? attributes["http.status_code"]);
  return Number.isInteger(code) && code >= 100 && code < 600 ? code : undefined;
}

/** `words` is what the span and the records inside it say. */
export function timedOut(node: SpanNode, words: string): boolean {
  const status = httpStatus(node);
  if (status !== undefined && TIMEOUT_STATUS.has(status)) return true;
  if (rpcCode(node) === 4 || TIMEOUT_WORDS.test(words)) return true;
  // A callee that was still at work when its caller had given up.
  return node.children.some((child) => child.span.spanKind !== "consumer" && child.endMs > node.endMs + 5);
}

/** What somebody gets who asks for something that is not done yet: a timeout, "not found", "conflict", "too early". */
export function looksLikeWaiting(row: TimelineRow): boolean {
  const status = httpStatus({ row });
  if (status !== undefined) return WAITING_STATUS.has(status);
  return WAITING_WORDS.test(`${row.event.title}\n${row.event.text ?? ""}`);
}

/** A 4xx of the kind that is a decision, not a wrongly put request. */
export function isDecision(node: SpanNode): boolean {
  const status = httpStatus(node);
  if (status !== undefined) return DECISION_STATUS.has(status);
  return DECISION_RPC_CODES.has(rpcCode(node) ?? -1);
}

/** Whether a failed call without an answering span speaks against the called side. */
export function speaksAgainstPeer(node: SpanNode, words: string, isStore: boolean): boolean {
  const status = httpStatus(node);
  if (status !== undefined) return status >= 500 || status === 408 || status === 429;
  const code = rpcCode(node);
  if (code !== undefined && code !== 0 && code !== 2) return PEER_RPC_CODES.has(code);
  const isNetwork = TIMEOUT_WORDS.test(words) || NETWORK_WORDS.test(words);
  if (isStore) return isNetwork || node.endMs - node.startMs >= SLOW_STORE_CALL_MS;
  return isNetwork || words === "";
}

function rpcCode(node: SpanNode): number | undefined {
  const { attributes } = node.row.event;
  const value = attributes["rpc.grpc.status_code"] ?? attributes["rpc.response.status_code"];
  const code = value === undefined ? NaN : Number(value);
  return Number.isInteger(code) ? code : undefined;
}
