import { z } from "zod";

/** Rectangle in mm from the page's top left corner. */
const Rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** One place on the form that is filled in. `option` names the box of a choice. */
export const Zone = z.object({
  field: z.string(),
  kind: z.enum(["text", "tick", "choice", "signature"]),
  pageNumber: z.int().positive(),
  option: z.string().optional(),
  /** Name of the field in the PDF and of its state there, where they differ from `field` and `option`. */
  pdfName: z.string().optional(),
  pdfOption: z.string().optional(),
  /** The widget's rectangle: the writing area, or the printed box of a tick. */
  rect: Rect,
  multiline: z.boolean().default(false),
  maxLength: z.int().positive().optional(),
  /** Written one letter a cell: gaps between letters are no spaces. */
  isComb: z.literal(true).optional(),
  /** What a list in the PDF offers: nothing else can be the value. */
  choices: z.array(z.string()).optional(),
});
export type Zone = z.infer<typeof Zone>;

/** A printed word of the blank form. */
export const PrintedWord = z.object({ text: z.string(), rect: Rect });
export type PrintedWord = z.infer<typeof PrintedWord>;

/** One side of the blank form. The blank's own ink is a grey picture stored beside the layout. */
export const LayoutPage = z.object({
  pageNumber: z.int().positive(),
  widthMm: z.number().positive(),
  heightMm: z.number().positive(),
  words: z.array(PrintedWord),
  /** Centres of corner marks, mm, in the order top-left, top-right, bottom-left, bottom-right; empty without marks. */
  marks: z.array(z.object({ x: z.number(), y: z.number() })),
});
export type LayoutPage = z.infer<typeof LayoutPage>;

/** Where the fields lie on one version of one form in one language. */
export const FormLayout = z.object({
  /** "<code>/<language>/<version>", for example "ILMO-F1/fi/1.0". */
  id: z.string(),
  code: z.string(),
  language: z.string(),
  version: z.string(),
  /** Digest of the file of a form that states no version: tells another form of the same title from the same form added again. */
  sha256: z.string().optional(),
  /** Title that the blank form's file states, and the name it was added under. */
  title: z.string().optional(),
  fileName: z.string().optional(),
  pages: z.array(LayoutPage),
  zones: z.array(Zone),
});
export type FormLayout = z.infer<typeof FormLayout>;

/** Fields that say who the person is, and those that only a registration for the office's services asks. */
const IDENTITY_FIELDS = ["surname", "givenNames", "personalIdentityCode"];
const REGISTRATION_FIELDS = [
  "sessionRef",
  "sessionLanguage",
  "permitType",
  "permitValidUntil",
  "permitCardNumber",
  "fullTimeWork",
  "partTimeOnly",
  "ableToWork",
];
/** One or two of them stand on other forms too (a permit's card number on an application); a registration form of any version has more. */
const LEAST_REGISTRATION_FIELDS = 3;

/**
 * Returns whether a form with these fields is a registration form, the office's own or another's; any other form holds data that a
 * person takes from it.
 *
 * Pure.
 */
export function isRegistrationForm(fields: Iterable<string>): boolean {
  const known = new Set(fields);
  return (
    IDENTITY_FIELDS.some((field) => known.has(field)) &&
    REGISTRATION_FIELDS.filter((field) => known.has(field)).length >= LEAST_REGISTRATION_FIELDS
  );
}

/** Returns whether a layout is one of a registration form. Pure. */
export function isRegistrationLayout(layout: Pick<FormLayout, "zones">): boolean {
  return isRegistrationForm(layout.zones.map((zone) => zone.field));
}

/** A layout with the blank form's own ink, one grey raster a page (same order as `layout.pages`, 200 dpi). */
export interface FormTemplate {
  readonly layout: FormLayout;
  readonly blanks: readonly import("./page.ts").GreyRaster[];
}
