import type { AlignedPage } from "./aligned-page.ts";
import { followLabels } from "./follow-labels.ts";

/** Returns a page as one of another version of its form, each field looked for by its label; nothing on it is used without a look. Pure. */
export function toOtherVersion(page: AlignedPage): AlignedPage {
  return followLabels({ ...page, drift: { ...page.drift, drifted: true, isOtherVersion: true } });
}
