import type { Attendance, RosterRowReading } from "../model/attendance.ts";
import type { Contact, NoShowCase, NoShowDecision, NoShowEvidence } from "../model/no-show.ts";

/** One print of a session's roster: who stood in which row. */
export interface RosterPrint {
  readonly sessionId: string;
  readonly version: number;
  readonly sessionCode: string;
  /** Of the printed PDF in the blob store: the sheet is read back against it. */
  readonly sha256: string;
  readonly pages: number;
  /** In the order of the rows. */
  readonly registrationIds: readonly string[];
}

/** `unknown`: the code names no print of this office. */
export type RosterScanState = "read" | "unreadable" | "unknown";

/** One scanned page of a signed roster. */
export interface RosterScan {
  readonly id: string;
  readonly submissionId: string;
  readonly fileIndex: number;
  readonly pageIndex: number;
  readonly sessionCode: string;
  readonly version: number;
  readonly pageNumber: number;
  readonly pages: number;
  /** null when the print is unknown. */
  readonly sessionId: string | null;
  readonly state: RosterScanState;
  readonly quality: number;
  /** Whether the scan would still show pencil. */
  readonly showsPaleInk: boolean;
  /** Local day. */
  readonly scannedOn: string;
  readonly createdAt: string;
  /** Who said that the page needs nobody any more; null while it does, or never did. */
  readonly closedBy: string | null;
  readonly rows: readonly RosterScanRow[];
}

/** One row of a scanned page; `registrationId` is that of the row's print, null on a spare row. */
export interface RosterScanRow {
  readonly registrationId: string | null;
  readonly seen: RosterRowReading;
  readonly closedBy: string | null;
}

export type NewRosterScan = Omit<RosterScan, "createdAt" | "closedBy" | "rows"> & {
  readonly rows: readonly Omit<RosterScanRow, "closedBy">[];
};

/** A decision with the facts that it rested on. */
export interface NoShowDecisionRecord {
  readonly caseId: string;
  readonly decision: NoShowDecision;
  readonly decidedBy: string;
  readonly reason: string;
  /** What the machine had proposed. */
  readonly proposal: string;
  readonly evidence: NoShowEvidence;
  readonly decidedAt: string;
}

/** A printed paper with its day, for proofs. */
export interface PrintedInvitation {
  readonly version: number;
  readonly language: string;
  /** UTC instant of the printing. */
  readonly printedAt: string;
}

export interface AttendanceFilter {
  readonly sessionId?: string;
  readonly registrationIds?: readonly string[];
}

/** Signed rosters, attendance, no-show cases. */
export interface AttendanceStore {
  /** The highest version that was ever taken for a session's roster; 0 when none. */
  readonly lastRosterVersion: (sessionId: string) => Promise<number>;
  /** Must be durable before the paper can be seen. */
  readonly saveRosterPrint: (print: RosterPrint) => Promise<void>;
  readonly findRosterPrints: (code: { readonly sessionCode: string; readonly version: number }) => Promise<RosterPrint[]>;
  /** By version. */
  readonly listRosterPrints: (sessionId: string) => Promise<RosterPrint[]>;

  /** Known pages stay as they are. */
  readonly saveRosterScan: (scan: NewRosterScan) => Promise<void>;
  /** In the order of their arrival. @param sessionId null = pages of unknown prints */
  readonly listRosterScans: (sessionId: string | null, options?: { readonly withPictures: boolean }) => Promise<RosterScan[]>;
  /** A named person says that a spare row or an unknown page needs nobody any more. @throws notFound */
  readonly closeRosterTask: (
    task: { readonly scanId: string; readonly rowNumber: number | null },
    by: string,
    reason: string,
  ) => Promise<void>;

  readonly listAttendance: (filter: AttendanceFilter) => Promise<Attendance[]>;
  readonly saveAttendance: (attendance: Attendance) => Promise<void>;

  readonly noteContact: (contact: Contact) => Promise<void>;
  readonly listContacts: (registrationId: string) => Promise<Contact[]>;
  readonly listPrintedInvitations: (registrationId: string, sessionId: string) => Promise<PrintedInvitation[]>;

  /** Adds the case, or opens it again when it was withdrawn. */
  readonly openNoShowCase: (noShow: Omit<NoShowCase, "state">) => Promise<void>;
  readonly setNoShowState: (id: string, state: NoShowCase["state"]) => Promise<void>;
  readonly listNoShowCases: (filter?: { readonly sessionId?: string; readonly registrationId?: string }) => Promise<NoShowCase[]>;
  readonly addNoShowDecision: (decision: Omit<NoShowDecisionRecord, "decidedAt">) => Promise<void>;
  readonly listNoShowDecisions: (caseId: string) => Promise<NoShowDecisionRecord[]>;
}

/** What changes attendance: only inside a transaction. */
export interface AttendanceTransaction {
  /** Waits until no other transaction settles the attendance of this session. */
  readonly lockAttendance: (sessionId: string) => Promise<void>;
}
