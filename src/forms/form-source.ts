import type { PrintedWord } from "../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../model/page.ts";

/** One fillable place of a PDF, before anything is known about what it means. */
export interface FormWidget {
  /** AcroForm field name, fully qualified. */
  readonly name: string;
  readonly kind: "text" | "tick" | "choice" | "signature";
  /** Option name of one button of a choice. */
  readonly option?: string;
  readonly pageNumber: number;
  readonly rect: RectMm;
  readonly multiline: boolean;
  readonly maxLength?: number;
  /** One letter a cell. */
  readonly isComb?: true;
  /** What a list offers; only these can be chosen. */
  readonly choices?: readonly string[];
  /** What a screen reader says (/TU). */
  readonly tooltip?: string;
}

/** One page of a blank form: its printed words, its ink and the text of a printed code if it has one. */
export interface FormSourcePage {
  readonly pageNumber: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly words: readonly PrintedWord[];
  readonly blank: GreyRaster;
  readonly barcodes: readonly string[];
}

/** A blank fillable PDF as plain values. */
export interface FormSource {
  readonly title: string | undefined;
  /** /Lang of the document, when it states one. */
  readonly statedLanguage: string | undefined;
  /** Hex digest of the file: names a form that states nothing about itself. */
  readonly sha256: string;
  readonly widgets: readonly FormWidget[];
  readonly pages: readonly FormSourcePage[];
}
