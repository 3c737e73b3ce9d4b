import type { AlignedPage } from "./aligned-page.ts";
import type { FramedPage } from "./find-moved-label.ts";
import { followLabels } from "./follow-labels.ts";

/** Returns a page as one of another version of its form, each field looked for by its label; nothing on it is used without a look. Pure. */
export function toOtherVersion(page: AlignedPage): AlignedPage {
  return followLabels({ ...page, drift: { ...page.drift, drifted: true, isOtherVersion: true } });
}

/** Returns what is needed to look for a page's labels; null when the layout does not know the page. Pure. */
export function toFramedPage({ layout, pageNumber, raster, blank }: AlignedPage): FramedPage | null {
  const page = layout.pages.find((each) => each.pageNumber === pageNumber);
  if (page === undefined) return null;
  return { page, zones: layout.zones.filter((zone) => zone.pageNumber === pageNumber), scan: raster, blank };
}
