import { loadPdfjs } from "./pdfjs.ts";

/** One widget of a form as the second reader sees it. */
export interface SeenWidget {
  readonly field: string;
  readonly pageIndex: number;
  readonly kind: "text" | "check" | "radio" | "choice";
  /** As stored: text, or the name of the state; null when there is none. */
  readonly value: string | null;
  /** Text of the picture that the field keeps of itself; null when it has none or no text is in it. */
  readonly shown: string | null;
}

interface Annotation {
  readonly subtype?: unknown;
  readonly fieldName?: unknown;
  readonly fieldType?: unknown;
  readonly checkBox?: unknown;
  readonly radioButton?: unknown;
  readonly fieldValue?: unknown;
  readonly textContent?: unknown;
}

function toText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.filter((part) => typeof part === "string").join(", ") : null;
}

function kindOf(annotation: Annotation): SeenWidget["kind"] | undefined {
  if (annotation.fieldType === "Tx") return "text";
  if (annotation.fieldType === "Ch") return "choice";
  if (annotation.fieldType !== "Btn") return undefined;
  if (annotation.checkBox === true) return "check";
  return annotation.radioButton === true ? "radio" : undefined;
}

function toWidget(annotation: Annotation, pageIndex: number): SeenWidget | undefined {
  const kind = kindOf(annotation);
  if (annotation.subtype !== "Widget" || typeof annotation.fieldName !== "string" || !kind) return undefined;
  const shown = kind === "text" ? toText(annotation.textContent) : null;
  return { field: annotation.fieldName, pageIndex, kind, value: toText(annotation.fieldValue), shown };
}

/** Returns the fillable widgets of a PDF's pages as pdf.js reads them; push buttons and signatures are left out. */
export async function readWidgetsWithPdfjs(bytes: Uint8Array): Promise<SeenWidget[]> {
  const pdfjs = await loadPdfjs();
  const options = { isEvalSupported: false, disableFontFace: true, useSystemFonts: false, enableXfa: false };
  const loading = pdfjs.getDocument({ ...options, data: new Uint8Array(bytes), password: "", verbosity: pdfjs.VerbosityLevel.ERRORS });
  try {
    const document = await loading.promise;
    const widgets: SeenWidget[] = [];
    for (let pageIndex = 0; pageIndex < document.numPages; pageIndex += 1) {
      const page = await document.getPage(pageIndex + 1);
      for (const annotation of (await page.getAnnotations()) as Annotation[]) {
        const widget = toWidget(annotation, pageIndex);
        if (widget) widgets.push(widget);
      }
      page.cleanup();
    }
    return widgets;
  } finally {
    await loading.destroy();
  }
}
