import { z } from "zod";

/** Seats of a group session when nothing else is said (good-practice text 2016, step 3). */
export const DEFAULT_CAPACITY = 35;

/** The session that every registration of the group route goes to first. */
export const GROUP_INFO = "groupInfo";

/**
 * planned = in the calendar, not yet offered; open = takes people; closed = takes nobody more by itself, is held;
 * cancelled = not held; held = over.
 */
export const SESSION_STATES = ["planned", "open", "closed", "cancelled", "held"] as const;
export const SessionState = z.enum(SESSION_STATES);
export type SessionState = z.infer<typeof SessionState>;

/** One session of a group. `time` is local (Europe/Helsinki), "H.MM" or "HH:MM" on input. */
export const Session = z.object({
  id: z.string(),
  code: z.string(),
  /** As configured: "prs" and "fa", "ckb" and "kmr" are different languages and never stand for each other. */
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
  /** What is held: "groupInfo", or a later session such as "skillsSurvey". */
  kind: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{1,39}$/)
    .default(GROUP_INFO),
  state: SessionState.default("open"),
  /** Shared by the sessions that were made together. */
  seriesId: z.string().optional(),
  /** With fewer people than this it is proposed to merge or cancel the session; unset = the rule of the office. */
  minParticipants: z.int().positive().optional(),
});
export type Session = z.infer<typeof Session>;

/** The office's rules about sessions. */
export const SessionRules = z.object({
  minDaysBefore: z.int().default(7),
  maxDaysBefore: z.int().default(14),
  capacity: z.int().positive().default(DEFAULT_CAPACITY),
  servedLanguages: z.array(z.string()).default(["ar", "so", "ckb", "prs", "fa", "en"]),
  /** A session in a language is proposed, and held, from this many people on. @see DOMAIN 8 ("min count") */
  minParticipants: z.int().positive().default(8),
  /** Days before a session on which too few people become a proposal to merge or cancel. */
  decideDaysBefore: z.int().positive().default(5),
});
export type SessionRules = z.infer<typeof SessionRules>;

/** The file that `ilmo sessions import` and `ilmo read --sessions` take. */
export const SessionFile = z.object({
  rules: SessionRules.prefault({}),
  sessions: z.array(Session),
});
export type SessionFile = z.infer<typeof SessionFile>;
