/** Classes of data that retention knows. @see DOMAIN 7.1 */
export type DataClass = "originals" | "extracted" | "papers" | "sessions" | "exports" | "logs" | "none";

/** Whose data the rows of a table are, and what happens to them when a person's data are erased. */
export interface TableDuty {
  readonly holds: DataClass;
  /** The column that leads to the person: of a registration, or of a submission (which may be several persons'). */
  readonly link: { readonly to: "registration" | "submission"; readonly column: string } | null;
  /** `row`: deleted; `emptied`: the row stays as a skeleton without personal data; `kept`: stays as it is. */
  readonly onErasure: "row" | "emptied" | "kept";
  /** Columns that name a blob. */
  readonly blobs?: readonly string[];
}

const ofRegistration = (column = "registration_id"): TableDuty["link"] => ({ to: "registration", column });
const ofSubmission = (column = "submission_id"): TableDuty["link"] => ({ to: "submission", column });

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
};

/** Tells whether a column is known to name blobs. Pure. */
export function isBlobColumn(table: string, column: string): boolean {
  return DATA_MAP[table]?.blobs?.includes(column) ?? false;
}
