/**
 * Appends to the audit chain. Entries that arrive while one statement is under way share the next one, so a busy process
 * writes hundreds of entries per round trip; across processes an advisory lock and the primary key give each number once.
 */
import "server-only";
import { log } from "@/lib/platform/log";
import { Prisma, type PrismaClient } from "@/prisma/generated/client";
import {
  CHAIN_BEGINS,
  chainOnto,
  GENESIS,
  type ChainedContent,
  type ChainedEntry,
  type ChainLink,
} from "./audit-chain";
import { AuditDetail, type AuditEntry } from "./audit-entry";
import { CHAIN_LOCK } from "./advisory-locks";

type NewContent = Omit<ChainedContent, "seq">;
/** The client, or the one transaction under way. */
type Connection = Pick<PrismaClient, "$executeRaw" | "$queryRaw">;

interface Waiting {
  readonly content: NewContent;
  resolve(): void;
  reject(error: unknown): void;
}

const MAX_BATCH = 500;
/** Longer than a start of a busy database takes; the lock itself is held for milliseconds. */
const TURN_LIMITS = { maxWait: 5_000, timeout: 10_000 };

export class AuditWriter {
  readonly #prisma: PrismaClient;
  readonly #key: () => Buffer;
  readonly #waiting: Waiting[] = [];
  #isWriting = false;
  /** What this process wrote last. When nobody else wrote since, one statement is enough. */
  #tail: ChainLink | undefined;

  constructor(prisma: PrismaClient, key: () => Buffer) {
    this.#prisma = prisma;
    this.#key = key;
  }

  /** Resolves when the entry is stored. Entries of one process keep the order of their calls. */
  append(entry: AuditEntry): Promise<void> {
    const content = storable(entry);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ content, resolve, reject });
      if (!this.#isWriting) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        await this.#write(batch.map(({ content }) => content));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #write(contents: readonly NewContent[]): Promise<void> {
    const known = this.#tail;
    if (known) {
      const entries = chainOnto(known, contents, this.#key());
      if (await insertedAfter(this.#prisma, known, entries)) return void (this.#tail = entries.at(-1));
    }
    await this.#writeInTurn(contents);
  }

  /** Waits for the lock and reads where the chain stands. */
  async #writeInTurn(contents: readonly NewContent[]): Promise<void> {
    this.#tail = await this.#prisma.$transaction(async (work) => {
      await work.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`;
      const tail = await readTail(work);
      const notes = [...beginningAfter(tail), ...this.#lostSince(tail)];
      const entries = chainOnto(tail, [...notes, ...contents], this.#key());
      await insert(work, entries);
      return entries.at(-1);
    }, TURN_LIMITS);
  }

  /** What this process wrote must still be there: if it is not, the chain itself says so from now on. */
  #lostSince(tail: ChainLink): readonly NewContent[] {
    const known = this.#tail;
    if (!known || tail.seq > known.seq || (tail.seq === known.seq && tail.hash === known.hash)) return [];
    const detail = { after: Number(tail.seq), written: Number(known.seq) };
    log("audit").error(detail, "audit entries that were written are not there any more");
    return [storable({ actor: "system", role: "none", action: "audit.entries-lost", detail })];
  }
}

/** Entries from before the chain have no hash. Where they end is written down, so that no later one passes for such. */
function beginningAfter({ seq, hash }: ChainLink): readonly NewContent[] {
  if (hash !== "" || seq === 0n) return [];
  return [storable({ actor: "system", role: "none", action: CHAIN_BEGINS, detail: { unchained: Number(seq) } })];
}

async function readTail(work: Connection): Promise<ChainLink> {
  const [last] = await work.$queryRaw<ChainLink[]>`SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1`;
  if (last) return last;
  const [anchor] = await work.$queryRaw<ChainLink[]>`SELECT seq, hash FROM audit_anchors ORDER BY seq DESC LIMIT 1`;
  return anchor ?? GENESIS;
}

/** One round trip. False when somebody else wrote since `tail`, or is writing now. */
async function insertedAfter(prisma: PrismaClient, tail: ChainLink, entries: readonly ChainedEntry[]) {
  try {
    const count = await prisma.$executeRaw`
      WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${CHAIN_LOCK}) AS mine),
           tail AS MATERIALIZED (SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1)
      INSERT INTO audit_entries (seq, at, actor, role, action, incident, subjects, detail, request_id, hash)
      SELECT fresh.* FROM (${rowsOf(entries)}) AS fresh, turn, tail
      WHERE turn.mine AND tail.seq = ${tail.seq}::bigint AND tail.hash = ${tail.hash}`;
    return count === entries.length;
  } catch (error) {
    // Somebody wrote between the start of the statement and the lock: the number is taken, and nothing was inserted.
    if (isTaken(error)) return false;
    throw error;
  }
}

async function insert(work: Connection, entries: readonly ChainedEntry[]): Promise<void> {
  await work.$executeRaw`
    INSERT INTO audit_entries (seq, at, actor, role, action, incident, subjects, detail, request_id, hash)
    ${rowsOf(entries)}`;
}

/** All entries as one parameter, however many they are. */
function rowsOf(entries: readonly ChainedEntry[]): Prisma.Sql {
  const rows = entries.map(({ atMs, seq, requestId, ...rest }) => {
    return { ...rest, seq: String(seq), at: new Date(atMs).toISOString(), request_id: requestId };
  });
  return Prisma.sql`
    SELECT seq, at, actor, role, action, incident, subjects, detail, request_id, hash
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS entry(
      seq bigint, at timestamptz, actor text, role text, action text, incident text, subjects text[], detail jsonb,
      request_id text, hash text)
    ORDER BY seq`;
}

/** 23505, as Prisma reports it for its own and for raw statements. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || (error.code === "P2010" && JSON.stringify(error.meta ?? {}).includes("23505"));
}

/** As the database keeps it, so that what is hashed is what will be read. */
function storable({ subjects = [], detail = {}, incident, requestId, ...entry }: AuditEntry): NewContent {
  const members = Object.entries(AuditDetail.parse(detail)).map(([name, value]) => [text(name), storableValue(value)]);
  return {
    atMs: Date.now(),
    actor: text(entry.actor),
    role: text(entry.role),
    action: text(entry.action),
    incident: incident === undefined ? null : text(incident),
    subjects: subjects.map(text),
    detail: Object.fromEntries(members),
    requestId: requestId === undefined ? null : text(requestId),
  };
}

function storableValue(value: AuditDetail[string]): AuditDetail[string] {
  if (Array.isArray(value)) return value.map(text);
  return typeof value === "string" ? text(value) : value;
}

/** Neither a zero character nor half of a surrogate pair can be stored. */
function text(value: string): string {
  return value.replaceAll("\0", "\u{fffd}").replace(/\p{Surrogate}/gu, "\u{fffd}");
}
