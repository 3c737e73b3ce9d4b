import { z } from "zod";

/** Seats of a group session when nothing else is said (good-practice text 2016, step 3). */
export const DEFAULT_CAPACITY = 35;

/** One group-info session. `time` is local (Europe/Helsinki), "H.MM" or "HH:MM" on input. */
export const Session = z.object({
  id: z.string(),
  code: z.string(),
  language: z.string(),
  date: z.iso.date(),
  time: z.string(),
  place: z.string(),
  address: z.string(),
  room: z.string().optional(),
  host: z.string().optional(),
  interpreter: z.string().optional(),
  durationHours: z.int().positive().optional(),
  capacity: z.int().positive().default(DEFAULT_CAPACITY),
});
export type Session = z.infer<typeof Session>;

/** The office's rules about sessions. */
export const SessionRules = z.object({
  minDaysBefore: z.int().default(7),
  maxDaysBefore: z.int().default(14),
  capacity: z.int().positive().default(DEFAULT_CAPACITY),
  servedLanguages: z.array(z.string()).default(["ar", "so", "ckb", "prs", "fa", "en"]),
});
export type SessionRules = z.infer<typeof SessionRules>;

/** The file that `ilmo sessions import` and `ilmo read --sessions` take. */
export const SessionFile = z.object({
  rules: SessionRules.prefault({}),
  sessions: z.array(Session),
});
export type SessionFile = z.infer<typeof SessionFile>;
