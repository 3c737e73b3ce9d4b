import type { LayoutPage, Zone } from "../../model/form-layout.ts";
import type { GreyRaster } from "../../model/page.ts";
import type { AlignedPage } from "./aligned-page.ts";

/** A page laid on its layout's frame, as it is searched for labels. */
export interface FramedPage {
  readonly page: LayoutPage;
  readonly zones: readonly Zone[];
  /** The scan in the layout's frame, and the blank form in the same frame. */
  readonly scan: GreyRaster;
  readonly blank: GreyRaster;
}

/** Returns what is needed to look for a page's labels; null when the layout does not know the page. Pure. */
export function toFramedPage({ layout, pageNumber, raster, blank }: AlignedPage): FramedPage | null {
  const page = layout.pages.find((each) => each.pageNumber === pageNumber);
  if (page === undefined) return null;
  return { page, zones: layout.zones.filter((zone) => zone.pageNumber === pageNumber), scan: raster, blank };
}
