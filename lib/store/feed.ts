/** What an on-call tool told, in the words of the store. */
import type { AlertPage } from "@/lib/domain/on-call";

export interface FedPerson {
  /** Lower case. */
  readonly handle: string;
  readonly name?: string | undefined;
  readonly team?: string | undefined;
  readonly zone?: { readonly zone: string; readonly from: Date } | undefined;
}

export interface FedPage extends Omit<AlertPage, "id" | "responderId" | "episodeId" | "ackedBy"> {
  readonly externalId: string;
  readonly handle: string;
  readonly fingerprint: string | null;
  readonly ackedBy: string | null;
}

export interface FedShift {
  readonly externalId: string;
  readonly handle: string;
  readonly schedule: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface Feed {
  readonly people: readonly FedPerson[];
  readonly pages: readonly FedPage[];
  readonly shifts: readonly FedShift[];
}
