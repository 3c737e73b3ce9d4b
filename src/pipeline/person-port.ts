import type { RegistrationState } from "../model/registration.ts";
import type { ErasureFacts } from "../retention/judge-erasure.ts";

/** A registration of a person, with what an erasure must know of it. */
export interface PersonRegistration extends ErasureFacts {
  readonly id: string;
  readonly reference: string;
  readonly submissionId: string;
  readonly state: RegistrationState;
  /** 1-based position among the registrations of its submission. */
  readonly ordinal: number;
  /** Whether other persons' forms came in the same submission. */
  readonly isShared: boolean;
}

/** Rows of one table that are a person's. */
export interface PersonTable {
  readonly table: string;
  readonly rows: readonly object[];
}

/** What stays after an erasure, and why; codes, for people to be told in words. */
export interface ErasureRemainder {
  readonly kind: "sharedOriginal" | "mailboxCopy" | "importFile" | "otherRosters" | "logs";
  /** A reference, a file name or a count; no personal data. */
  readonly what: string;
}

/** What export and erasure of a person need of the store. */
export interface PersonStore {
  /** The registration and every other one that shares a person key with it. @throws notFound */
  readonly findByRegistration: (idOrReference: string) => Promise<PersonRegistration[]>;
  /** Registrations that bear one of these keyed hashes. */
  readonly findByKeys: (personKeys: readonly string[]) => Promise<PersonRegistration[]>;
  /** All rows that lead to these registrations, in the tables that the data map declares. */
  readonly collect: (registrations: readonly PersonRegistration[]) => Promise<PersonTable[]>;
  /** Empties a registration and deletes what belongs to it alone, in one transaction with its row in the log of deletions. */
  readonly erase: (registration: PersonRegistration, note: { readonly by: string; readonly reason: string }) => Promise<ErasureRemainder[]>;
}
