import type { FormTemplate } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../model/page.ts";
import { scaleAndShift } from "./geometry.ts";
import { type GreyMap, reduceBy, toMap } from "./grey-map.ts";
import { toInkMap } from "./ink-map.ts";
import { once } from "./once.ts";
import { packBlank } from "./packed-blank.ts";
import { type PatchSet, selectPatches } from "./patches.ts";
import { type ScaledProfiles, stripProfilesOf, toScaledProfiles } from "./strip-profiles.ts";

/** One page of the blank form with all that recognition and alignment need of it. */
export interface PreparedPage {
  readonly template: FormTemplate;
  readonly pageNumber: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly blank: GreyRaster;
  readonly profiles: ScaledProfiles;
  /** Few large patches on the quarter-size blank: to find the page. */
  readonly coarse: PatchSet;
  /** Many small patches on the half-size blank: to lay it exactly. */
  readonly fine: PatchSet;
}

/** A form layout ready for recognition; made once, kept for every page. About 4 MB a page. */
export interface PreparedTemplate {
  readonly template: FormTemplate;
  readonly pages: readonly PreparedPage[];
}

/** Ink of a tick box's own frame reaches this far into its rectangle, mm. */
const BOX_LINE_MM = 0.5;
const COARSE = { sideMm: 12, cellMm: 28 };
const FINE = { sideMm: 8, cellMm: 12 };

/**
 * Returns the features of a layout's blank pages; patches are made when a page first needs them. Pure.
 *
 * The blank pages are held packed: the template that was given can be let go.
 */
export function prepareTemplate(given: FormTemplate): PreparedTemplate {
  const template = { layout: given.layout, blanks: given.blanks.map(packBlank) };
  const pages = template.layout.pages.flatMap((page, index) => {
    const blank = template.blanks[index];
    return blank ? [preparePage(template, { pageNumber: page.pageNumber, widthMm: page.widthMm, heightMm: page.heightMm, blank })] : [];
  });
  return { template, pages };
}

interface BlankPage {
  readonly pageNumber: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly blank: GreyRaster;
}

function preparePage(template: FormTemplate, page: BlankPage): PreparedPage {
  const pxPerMm = page.blank.dpi / 25.4;
  const half = (): GreyMap => reduceBy(toMap(page.blank), 2);
  const quarter = reduceBy(half(), 2);
  const quarterScale = scaleAndShift(pxPerMm / 4, 0, pxPerMm / 4, 0);
  const writable = writableRects(template, page.pageNumber);
  // Patches cost three quarters of a page's preparation and an office's forms come in few of its layouts.
  const coarse = once(() => selectPatches(quarter, writable, { pxPerMm: pxPerMm / 4, ...COARSE }));
  const fine = once(() => selectPatches(half(), writable, { pxPerMm: pxPerMm / 2, ...FINE }));
  return {
    template,
    ...page,
    profiles: toScaledProfiles(stripProfilesOf(toInkMap(quarter, pxPerMm / 4), quarterScale, page)),
    get coarse() {
      return coarse();
    },
    get fine() {
      return fine();
    },
  };
}

/** Returns where a person writes on a page: text and signature zones whole, tick boxes without their printed frame. */
export function writableRects(template: FormTemplate, pageNumber: number): RectMm[] {
  return template.layout.zones
    .filter((zone) => zone.pageNumber === pageNumber)
    .map((zone) => {
      const inset = zone.kind === "tick" || zone.kind === "choice" ? BOX_LINE_MM : 0;
      const { x, y, width, height } = zone.rect;
      return { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
    });
}
