import { z } from "zod";

/** Rectangle in mm from the page's top left corner. */
const Rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** One place on the form that is filled in. `option` names the box of a choice. */
export const Zone = z.object({
  field: z.string(),
  kind: z.enum(["text", "tick", "choice", "signature"]),
  pageNumber: z.int().positive(),
  option: z.string().optional(),
  /** The widget's rectangle: the writing area, or the printed box of a tick. */
  rect: Rect,
  multiline: z.boolean().default(false),
  maxLength: z.int().positive().optional(),
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
  pages: z.array(LayoutPage),
  zones: z.array(Zone),
});
export type FormLayout = z.infer<typeof FormLayout>;

/** A layout with the blank form's own ink, one grey raster a page (same order as `layout.pages`, 200 dpi). */
export interface FormTemplate {
  readonly layout: FormLayout;
  readonly blanks: readonly import("./page.ts").GreyRaster[];
}
