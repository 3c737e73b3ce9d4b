import { daysBetween, type IsoDate } from "../model/time.ts";

/** Classes of data that are kept for a time of their own, in the order in which they are deleted. @see DOMAIN 7.1 */
export const RETENTION_CLASSES = ["originals", "pictures", "papers", "rosters", "importFiles", "quarantine", "extracted", "log"] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** Days that each class is kept after its end. */
export type RetentionRules = Readonly<Record<RetentionClass, number>>;

/** Something that is kept, and when its clock began to run. */
export interface Kept {
  readonly class: RetentionClass;
  /** Of the row; no personal data. */
  readonly id: string;
  /** The local day on which nothing more was to be done about it; null while something is. */
  readonly endedOn: IsoDate | null;
  /** A legal hold keeps it whatever its age. */
  readonly isHeld: boolean;
}

/** What is to be deleted of one class, and what stays and why. */
export interface ClassPlan {
  readonly class: RetentionClass;
  readonly keptDays: number;
  readonly due: readonly string[];
  readonly held: readonly string[];
  /** Ended, but not long enough ago. */
  readonly waiting: number;
  /** Not ended: never deleted, whatever its age. */
  readonly unfinished: number;
}

/**
 * Decides for everything that is kept whether its time is over on a day.
 *
 * Pure. What has not ended is never due, and what is held is named but not due. The day on which the last day is over counts as due:
 * kept for 90 days and ended on 1 January is due on 1 April (in a year of 365 days).
 */
export function findExpired(kept: readonly Kept[], rules: RetentionRules, today: IsoDate): ClassPlan[] {
  return RETENTION_CLASSES.map((name) => {
    const items = kept.filter((item) => item.class === name);
    const ended = items.flatMap(({ endedOn, ...item }) => (endedOn === null ? [] : [{ ...item, endedOn }]));
    const old = ended.filter(({ endedOn }) => daysBetween(endedOn, today) >= rules[name]);
    return {
      class: name,
      keptDays: rules[name],
      due: old.filter(({ isHeld }) => !isHeld).map(({ id }) => id),
      held: old.filter(({ isHeld }) => isHeld).map(({ id }) => id),
      waiting: ended.length - old.length,
      unfinished: items.length - ended.length,
    };
  });
}
