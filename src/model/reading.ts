import { z } from "zod";

/** Why a value may be used without a look. Nothing else makes a reading `accepted`. */
export const Evidence = z.enum(["checkDigit", "codeList", "twoReaders", "crossField", "calibrated", "liveField", "clearInk", "blankInk"]);
export type Evidence = z.infer<typeof Evidence>;

/** The picture of what was read: the n-th page of the reading and its rectangle in mm of the upright page. */
export const Crop = z.object({
  fileIndex: z.int().nonnegative(),
  pageIndex: z.int().nonnegative(),
  rect: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** Small grey PNG, base64; absent when pictures were not asked for. */
  png: z.string().optional(),
});
export type Crop = z.infer<typeof Crop>;

export const ReadingStatus = z.enum(["accepted", "review", "empty"]);
export type ReadingStatus = z.infer<typeof ReadingStatus>;

/**
 * What was seen in one field.
 *
 * `value`: text as written (trimmed), `true`/`false` of a tick, the option of a choice, or null.
 * `accepted` = used without a look, `empty` = the field is asserted to be blank, `review` = a person looks.
 */
export const FieldReading = z.object({
  field: z.string(),
  value: z.union([z.string(), z.boolean(), z.null()]),
  /** The literal text where `value` was normalised. */
  raw: z.string().optional(),
  /** 0-1: how often readings of this kind were right where the truth was known. */
  confidence: z.number().min(0).max(1),
  /** What the judges of the ink said before calibration, 0-1. */
  score: z.number().min(0).max(1).optional(),
  status: ReadingStatus,
  evidence: z.array(Evidence),
  crop: Crop.optional(),
});
export type FieldReading = z.infer<typeof FieldReading>;

const MrzDatum = z.enum(["documentNumber", "birthDate", "expiryDate", "names", "issuingState", "nationality", "sex"]);

/** A machine-readable zone that was read on a permit card or a passport. */
export const MrzReading = z.object({
  format: z.enum(["TD1", "TD2", "TD3", "MRVA", "MRVB"]),
  lines: z.array(z.string()),
  /** True when every check digit holds. */
  checksHold: z.boolean(),
  documentNumber: z.string(),
  birthDate: z.iso.date().nullable(),
  expiryDate: z.iso.date().nullable(),
  nationality: z.string(),
  issuingState: z.string(),
  surname: z.string(),
  givenNames: z.string(),
  optional1: z.string(),
  optional2: z.string(),
  /** "M", "F", "X" or empty. */
  sex: z.string().default(""),
  /** That of the least sure character. */
  confidence: z.number().min(0).max(1),
  /** Fields that may be used without a look: every check digit holds and each of their characters was seen clearly. */
  accepted: z.array(MrzDatum).default([]),
});
export type MrzReading = z.infer<typeof MrzReading>;

/** What the code of a roster's page says: which session's roster, which print of it, which page. */
export const RosterPageCode = z.object({
  sessionCode: z.string(),
  version: z.int().positive(),
  pageNumber: z.int().positive(),
  pages: z.int().positive(),
});
export type RosterPageCode = z.infer<typeof RosterPageCode>;

const PageSource = z.object({ fileIndex: z.int().nonnegative(), pageIndex: z.int().nonnegative() });

/** A page after it was recognised. */
export const ReadPage = z.object({
  source: PageSource,
  /** "form-1", "form-2", …, "roster" or an attachment's kind. */
  kind: z.string(),
  layoutId: z.string().optional(),
  sides: z.array(z.enum(["front", "back"])).optional(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** 0-1: how well the page fits its form layout, or how sure the kind is. */
  quality: z.number().min(0).max(1),
  mrz: MrzReading.optional(),
  /** Present on a signed roster's page (kind "roster"). */
  roster: RosterPageCode.optional(),
  /** Legible text found on an attachment that later checks use (upper case lines); never logged. */
  text: z.string().optional(),
});
export type ReadPage = z.infer<typeof ReadPage>;

/** One person's form as read: its pages and one reading per field of the layout. */
export const RegistrationReading = z.object({
  layoutId: z.string().nullable(),
  formLanguage: z.string().nullable(),
  formVersion: z.string().nullable(),
  /** Present when the form is no registration form: it holds data only. */
  isOtherForm: z.literal(true).optional(),
  /** "known" = boxes lie where the layout says; "drifted" = looks like this form, boxes differ. */
  versionState: z.enum(["known", "drifted", "none"]),
  /** 1-based form pages expected by the layout but not found. */
  missingFormPages: z.array(z.int().positive()),
  pages: z.array(ReadPage),
  readings: z.array(FieldReading),
  signature: z.object({
    present: z.boolean(),
    /** null when the page with the signature is missing. */
    kind: z.enum(["ink", "initials", "stamp", "typed", "none"]).nullable(),
    status: z.enum(["accepted", "review"]),
    confidence: z.number().min(0).max(1),
    crop: Crop.optional(),
  }),
  /** Text seen in the margin near the session field, if any. */
  marginNote: z.string().optional(),
});
export type RegistrationReading = z.infer<typeof RegistrationReading>;

/** A whole submission as read. */
export const SubmissionReading = z.object({
  registrations: z.array(RegistrationReading),
  /** Pages that belong to nobody (a batch's cover letter, blank sides). */
  unassignedPages: z.array(ReadPage),
});
export type SubmissionReading = z.infer<typeof SubmissionReading>;
