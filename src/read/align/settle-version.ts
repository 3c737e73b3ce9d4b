import type { LineReader } from "../attachment/ports.ts";
import type { AlignedPage } from "./aligned-page.ts";
import { findVersionWord } from "./find-version-word.ts";
import { statesOtherVersion } from "./judge-stated-version.ts";
import { toOtherVersion } from "./other-version.ts";

/** Resolution at which the small print of the footer is read. */
const STATED_DPI = 300;

/**
 * Returns the page, as one of another version when its own printed version says so: versions whose boxes hardly differ are told
 * apart by nothing else. Takes one reading of a line (18 ms).
 */
export async function settleVersion(page: AlignedPage, reader: LineReader): Promise<AlignedPage> {
  const place = page.drift.isOtherVersion ? null : findVersionWord(page.layout, page.pageNumber);
  if (place === null) return page;
  const seen = await reader.readLine(page.crop(place, STATED_DPI));
  return statesOtherVersion(seen, page.layout) ? toOtherVersion(page) : page;
}
