import type { FaultCode } from "../errors.ts";
import type { FilePart } from "../intake/file-part.ts";
import type { SubmissionReading } from "../model/reading.ts";
import type { CheckResult, Registration, RegistrationState } from "../model/registration.ts";
import type { AnnouncementStore, CalendarStore } from "./announcement-store-port.ts";
import type { AttendanceStore, AttendanceTransaction } from "./attendance-store-port.ts";
import type { MailStore } from "./mail-store-port.ts";
import type { EnqueueOptions, JobData } from "./queue-port.ts";
import type { SeatTransaction, SessionStore } from "./session-store-port.ts";

export type SubmissionState = "received" | "read" | "done" | "duplicate" | "quarantined";

/** One original of a submission; its bytes lie in the blob store. */
export interface SubmissionFile {
  readonly fileIndex: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** As it came; personal data: shown to staff only. */
  readonly originalName: string | null;
  /** Absent for an original that is read as it is. */
  readonly part?: FilePart;
}

export interface NewSubmission {
  readonly id: string;
  /** UTC instant. */
  readonly receivedAt: string;
  /** Local day. */
  readonly receivedOn: string;
  /** How it came: "folder", "mail", "post" … */
  readonly channel: string;
  /** Which inbox; a configured name, no personal data. */
  readonly source: string;
  readonly files: readonly SubmissionFile[];
}

export interface Submission extends NewSubmission {
  readonly state: SubmissionState;
  readonly faultCode: FaultCode | null;
  readonly faultReason: string | null;
  readonly duplicateOf: string | null;
}

/** The job that is enqueued in the transaction that records a submission. */
export interface FirstJob {
  readonly name: string;
  readonly data: JobData;
}

export type RecordOutcome =
  | { readonly kind: "recorded" | "alreadyRecorded"; readonly submissionId: string }
  | { readonly kind: "duplicate"; readonly submissionId: string; readonly duplicateOf: string };

/** One person's form as the line found it. */
export interface NewRegistration {
  readonly ordinal: number;
  readonly reading: Registration["reading"];
  readonly check: CheckResult;
  /** Keyed hashes of what stands for the person; empty when too little was sure. */
  readonly personKeys: readonly string[];
}

export interface StoredRegistration extends Registration {
  readonly personKeys: readonly string[];
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
}

export interface RegistrationFilter {
  readonly state?: RegistrationState;
  readonly submissionId?: string;
  readonly route?: CheckResult["route"];
  readonly limit?: number;
}

/** A paper that was written. */
export interface DocumentRecord {
  readonly kind: string;
  readonly language: string;
  readonly version: number;
  readonly sha256: string;
  /** Below the outbox; the document's key. */
  readonly relativePath: string;
  readonly registrationId: string | null;
  readonly sessionId: string | null;
  readonly submissionId: string | null;
}

/** UUSI = new, KORVAAVA = replaces an earlier version, MITATOINTI = cancels (DOMAIN 5.3). */
export type ExportOperation = "UUSI" | "KORVAAVA" | "MITATOINTI";

export interface ExportRecord {
  readonly registrationId: string;
  readonly version: number;
  readonly operation: ExportOperation;
}

export interface ExportBatch {
  readonly id: string;
  /** Gapless, from 1. */
  readonly sequence: number;
  readonly state: "prepared" | "published";
  readonly createdAt: string;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly records: readonly ExportRecord[];
}

/** Who did what; ids and codes only. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: string;
  readonly registrationId: string | null;
  readonly detail: string | null;
}

export interface StoreStatus {
  readonly submissions: Readonly<Record<SubmissionState, number>>;
  readonly registrations: Readonly<Record<RegistrationState, number>>;
  /** When the oldest submission arrived that is not finished. */
  readonly oldestWaitingAt: string | null;
  readonly preparedBatches: number;
}

/** What the line remembers. Every write may be repeated with the same ids and gives the same result. */
export interface Store extends SessionStore, AnnouncementStore, CalendarStore, AttendanceStore, MailStore {
  /** Everything in `work` commits together, jobs too, or nothing does. */
  readonly inTransaction: <T>(work: (store: TransactionStore) => Promise<T>) => Promise<T>;

  readonly recordSubmission: (submission: NewSubmission, firstJob: FirstJob) => Promise<RecordOutcome>;
  /** The first submission with exactly these contents that was not put aside; null when new. */
  readonly findSubmissionByContent: (sha256s: readonly string[]) => Promise<string | null>;
  readonly getSubmission: (id: string) => Promise<Submission>;
  readonly getReading: (submissionId: string) => Promise<SubmissionReading | null>;
  readonly listSubmissions: (filter?: { readonly state?: SubmissionState; readonly limit?: number }) => Promise<Submission[]>;
  /** Keeps registrations that a person has approved already. Returns them in order. */
  readonly saveReading: (
    submissionId: string,
    reading: SubmissionReading,
    registrations: readonly NewRegistration[],
  ) => Promise<StoredRegistration[]>;
  readonly finishSubmission: (id: string) => Promise<void>;
  readonly quarantineSubmission: (id: string, faultCode: FaultCode, reason: string) => Promise<void>;
  /** Takes a submission out of quarantine with the files that were found in it now, and starts its work. False when it is not there any more. */
  readonly reopenSubmission: (id: string, files: readonly SubmissionFile[], firstJob: FirstJob) => Promise<boolean>;

  readonly getRegistration: (id: string) => Promise<StoredRegistration>;
  /** By id or by reference ("K7M3-92"). */
  readonly findRegistration: (idOrReference: string) => Promise<StoredRegistration | null>;
  readonly listRegistrations: (filter?: RegistrationFilter) => Promise<StoredRegistration[]>;
  /** Live registrations that share one of the keys. */
  readonly findPersons: (personKeys: readonly string[], exceptSubmissionId?: string) => Promise<StoredRegistration[]>;
  readonly approve: (registrationId: string, by: string) => Promise<StoredRegistration>;
  readonly cancelRegistration: (registrationId: string, by: string) => Promise<StoredRegistration>;

  readonly saveDocument: (document: DocumentRecord) => Promise<void>;
  readonly listDocuments: (
    filter: { readonly registrationId: string } | { readonly sessionId: string } | { readonly submissionId: string },
  ) => Promise<DocumentRecord[]>;

  /** Takes up the batch that an earlier run left unpublished, else makes one of everything approved; null when nothing waits. */
  readonly prepareExportBatch: (id: string, limit: number) => Promise<ExportBatch | null>;
  readonly publishExportBatch: (id: string, file: { readonly fileName: string; readonly sha256: string }) => Promise<ExportBatch>;
  readonly listExportBatches: () => Promise<ExportBatch[]>;

  readonly audit: (entry: AuditEntry) => Promise<void>;
  readonly listAudit: (filter?: {
    readonly registrationId?: string;
    readonly limit?: number;
  }) => Promise<(AuditEntry & { readonly at: string })[]>;
  /** True the first time for a job and an effect: inside the transaction that has the effect. */
  readonly claimEffect: (jobId: string, effect: string) => Promise<boolean>;
  readonly getMeta: (key: string) => Promise<unknown>;
  readonly setMeta: (key: string, value: unknown) => Promise<void>;
  readonly status: () => Promise<StoreStatus>;
}

/** A store inside one transaction. */
export interface TransactionStore extends Omit<Store, "inTransaction">, SeatTransaction, AttendanceTransaction {
  readonly enqueue: (name: string, data: JobData, options?: Omit<EnqueueOptions, "transaction">) => Promise<string>;
}
