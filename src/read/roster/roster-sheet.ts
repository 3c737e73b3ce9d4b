import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import type { PreparedTemplate } from "../align/prepare-template.ts";

export const ROSTER_TICKS = ["came", "late", "languageTest", "skillsSurvey"] as const;
export type RosterTick = (typeof ROSTER_TICKS)[number];

/** Where one row of a roster's page is filled in. */
export interface RosterRow {
  /** 1-based place in the whole roster. */
  readonly rowNumber: number;
  /** An empty row for a person who is not on the list. */
  readonly isSpare: boolean;
  readonly ticks: Readonly<Record<RosterTick, Zone>>;
  readonly signature: Zone;
  /** Number, name and notes: print only, unless somebody wrote there. */
  readonly printed: RectMm;
  readonly whole: RectMm;
}

/** One page of a roster as it was printed, ready to be read back. */
export interface RosterSheet {
  /** The printed page itself is the blank: what is not on it was added by hand. */
  readonly prepared: PreparedTemplate;
  readonly pageNumber: number;
  readonly rows: readonly RosterRow[];
  /** The corners' black squares. */
  readonly marks: readonly RectMm[];
  /** The pale square by which lost pencil is noticed. */
  readonly tone: RectMm;
  /** The page's code. */
  readonly code: RectMm;
}
