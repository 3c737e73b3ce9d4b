import type { FormTemplate } from "../model/form-layout.ts";
import type { GreyRaster, Rotation } from "../model/page.ts";
import { compose, mapPoint, rotationAbout, scaleAndShift } from "../read/align/geometry.ts";
import { toMap } from "../read/align/grey-map.ts";
import { MIN_LOCAL_QUALITY } from "../read/align/lay-quality.ts";
import type { PreparedTemplate } from "../read/align/prepare-template.ts";
import { recogniseFormPage } from "../read/align/recognise-form-page.ts";
import { warp } from "../read/align/warp.ts";

/** How one page of a form does when it comes back from a scanner. */
export interface PageTrial {
  readonly pageNumber: number;
  /** "unknown": not found again; "likeAnother": taken for another page or form. */
  readonly outcome: "recognised" | "unknown" | "likeAnother";
  /** The layout and page it was taken for. */
  readonly takenFor?: string;
  /** Fields around which too little is printed to be sure of their place: on paper they always go to a person. */
  readonly unsureFields: readonly string[];
}

interface Lie {
  readonly degrees: number;
  readonly scale: number;
  readonly rotation: Rotation;
}

/** As scanners feed pages: a little askew and smaller, and once the other way up. */
const LIES: readonly Lie[] = [
  { degrees: 2.5, scale: 0.985, rotation: 0 },
  { degrees: 176, scale: 1.01, rotation: 180 },
];

function layDown(blank: GreyRaster, { degrees, scale }: Lie): GreyRaster {
  const { widthPx: width, heightPx: height } = blank;
  const centre = { x: width / 2, y: height / 2 };
  const shrink = scaleAndShift(1 / scale, centre.x * (1 - 1 / scale), 1 / scale, centre.y * (1 - 1 / scale));
  const toSource = compose(rotationAbout((-degrees * Math.PI) / 180, centre), shrink);
  const map = warp(toMap(blank), { width, height, toSource: (x, y) => mapPoint(toSource, x, y) });
  return { widthPx: width, heightPx: height, dpi: blank.dpi, data: map.data };
}

function tryPage(template: FormTemplate, blank: GreyRaster, pageNumber: number, known: readonly PreparedTemplate[]): PageTrial {
  const { id, zones } = template.layout;
  const unsure = new Set<string>();
  for (const lie of LIES) {
    const match = recogniseFormPage(layDown(blank, lie), known);
    if (match === null || match.kind === "refused") return { pageNumber, outcome: "unknown", unsureFields: [] };
    const found = match.page;
    if (found.layout.id !== id || found.pageNumber !== pageNumber || found.rotation !== lie.rotation)
      return { pageNumber, outcome: "likeAnother", takenFor: `${found.layout.id} page ${found.pageNumber}`, unsureFields: [] };
    for (const zone of zones)
      if (zone.pageNumber === pageNumber && found.localQuality(zone.rect) < MIN_LOCAL_QUALITY) unsure.add(zone.pdfName ?? zone.field);
  }
  return { pageNumber, outcome: "recognised", unsureFields: [...unsure] };
}

/**
 * Returns for every page of a form whether it is recognised when its blank comes back a little askew, among all forms that are known.
 *
 * Pure. `known` holds the form itself too.
 */
export function tryLayout(template: FormTemplate, known: readonly PreparedTemplate[]): PageTrial[] {
  return template.layout.pages.flatMap(({ pageNumber }, index) => {
    const blank = template.blanks[index];
    return blank === undefined ? [] : [tryPage(template, blank, pageNumber, known)];
  });
}
