/** Classes of data that retention and erasure know. @see DOMAIN 7.1 */
export type DataClass = "originals" | "extracted" | "papers" | "sessions" | "exports" | "logs" | "none";

/** The way from a row to the person: the id of a registration, or of a submission (which may be several persons'). */
export interface PersonLink {
  readonly to: "registration" | "submission";
  readonly column: string;
  /** The table in between: `column` names its `key`, and its `column` names the registration or submission. */
  readonly through?: { readonly table: string; readonly key: string; readonly column: string };
}

/** Whose data the rows of a table are, and what happens to them when a person's data are erased. */
export interface TableDuty {
  readonly holds: DataClass;
  readonly link: PersonLink | null;
  /** `row`: deleted; `emptied`: the row stays as a skeleton without personal data; `kept`: stays as it is. */
  readonly onErasure: "row" | "emptied" | "kept";
  /** Rows of deeper tables are deleted first, because they refer to the others. Default 0. */
  readonly depth?: number;
  /** Columns that name a blob. */
  readonly blobs?: readonly string[];
}

const ofRegistration = (column = "registration_id"): PersonLink => ({ to: "registration", column });
const ofSubmission = (column = "submission_id"): PersonLink => ({ to: "submission", column });

/**
 * Every table of the line. A table that is missing here fails a test: whoever makes a table says here whose data it holds.
 *
 * The audit log is kept: it holds ids and codes only, and after an erasure nothing leads from an id to a person.
 */
export const DATA_MAP: Readonly<Record<string, TableDuty>> = {
  submissions: { holds: "extracted", link: ofSubmission("id"), onErasure: "emptied" },
  submission_files: { holds: "originals", link: ofSubmission(), onErasure: "row", blobs: ["sha256"] },
  registrations: { holds: "extracted", link: ofRegistration("id"), onErasure: "emptied" },
  sessions: { holds: "sessions", link: null, onErasure: "kept" },
  bookings: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  documents: { holds: "papers", link: ofRegistration(), onErasure: "row", blobs: ["sha256"] },
  export_batches: { holds: "exports", link: null, onErasure: "kept" },
  export_records: { holds: "exports", link: ofRegistration(), onErasure: "kept" },
  audit_log: { holds: "logs", link: ofRegistration(), onErasure: "kept" },
  job_effects: { holds: "logs", link: null, onErasure: "kept" },
  meta: { holds: "none", link: null, onErasure: "kept" },

  walk_ins: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  invitations: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  roster_prints: { holds: "sessions", link: null, onErasure: "kept", blobs: ["sha256"] },
  roster_print_rows: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  roster_scans: { holds: "extracted", link: ofSubmission(), onErasure: "kept" },
  roster_scan_rows: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  attendance: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  contacts: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  no_show_cases: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  no_show_decisions: {
    holds: "extracted",
    link: { to: "registration", column: "case_id", through: { table: "no_show_cases", key: "id", column: "registration_id" } },
    onErasure: "row",
    depth: 1,
  },

  registration_links: { holds: "none", link: null, onErasure: "kept" },
  announcements: { holds: "extracted", link: ofRegistration(), onErasure: "row" },
  calendar_entries: { holds: "none", link: null, onErasure: "kept" },

  mail_messages: { holds: "originals", link: ofSubmission(), onErasure: "row", blobs: ["sha256"] },
  tasks: { holds: "logs", link: ofSubmission(), onErasure: "row", depth: 1 },
  mail_checks: { holds: "none", link: null, onErasure: "kept" },
  mail_answers: { holds: "papers", link: ofRegistration(), onErasure: "row", depth: 1 },

  holds: { holds: "logs", link: ofRegistration(), onErasure: "kept" },
  deletions: { holds: "logs", link: null, onErasure: "kept" },
  pending_removals: { holds: "none", link: null, onErasure: "kept" },
};

/** Tells whether a column is known to name blobs. Pure. */
export function isBlobColumn(table: string, column: string): boolean {
  return DATA_MAP[table]?.blobs?.includes(column) ?? false;
}
