/** One thing of a code set with every name that people write for it. The first name is the preferred one. */
export interface NamedCode {
  readonly code: string;
  readonly names: readonly string[];
}

/**
 * What a written name was matched to.
 *
 * `distance` counts changed letters (0 = the same letters, apart from case); `margin` is how many letters further the
 * nearest name of any *other* code lies: with margin 0 two codes fit equally well and nothing is proved.
 */
export interface NameMatch {
  readonly code: string;
  /** The list's own spelling of the name that fitted. */
  readonly name: string;
  readonly isExact: boolean;
  readonly distance: number;
  readonly margin: number;
}

interface IndexedName {
  readonly code: string;
  readonly name: string;
  readonly key: string;
}

/** Names prepared for look-up. */
export interface NameIndex {
  readonly names: readonly IndexedName[];
  readonly exact: ReadonlyMap<string, IndexedName>;
}

/** Beyond this share of changed letters two names have nothing to do with each other. */
const MAX_DISTANCE_SHARE = 0.34;

/** The margin that is reported when no other name is near. */
const FAR = 99;

/** Returns a name in comparable form: NFC, lower case, one space, no outer punctuation. Pure. */
export function toNameKey(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[‐‑–—]/g, "-")
    .replace(/[`´’ʼ]/g, "'")
    .replace(/\s+/g, " ")
    .replace(/^[\s.,;:]+|[\s.,;:]+$/g, "");
}

/** Prepares names for `matchName`. Pure. A name that two codes share belongs to the first. */
export function buildNameIndex(entries: readonly NamedCode[]): NameIndex {
  const names: IndexedName[] = [];
  const exact = new Map<string, IndexedName>();
  for (const { code, names: written } of entries) {
    for (const name of written) {
      const key = toNameKey(name);
      if (key === "" || exact.has(key)) continue;
      const indexed = { code, name, key };
      exact.set(key, indexed);
      names.push(indexed);
    }
  }
  return { names, exact };
}

/** Returns the entry whose name is nearest to the text, or null when none is near. Pure. */
export function matchName(index: NameIndex, text: string): NameMatch | null {
  const key = toNameKey(text);
  if (key === "") return null;
  const found = index.exact.get(key);
  const limit = Math.floor(key.length * MAX_DISTANCE_SHARE);
  if (found !== undefined && limit === 0) return { code: found.code, name: found.name, isExact: true, distance: 0, margin: FAR };
  let best: { readonly entry: IndexedName; readonly distance: number } | null = found === undefined ? null : { entry: found, distance: 0 };
  let otherDistance = FAR;
  for (const entry of index.names) {
    if (Math.abs(entry.key.length - key.length) > limit + 1) continue;
    const distance = editDistance(key, entry.key, limit + 1);
    if (best === null || distance < best.distance) {
      if (best !== null && best.entry.code !== entry.code) otherDistance = Math.min(otherDistance, best.distance);
      best = { entry, distance };
    } else if (entry.code !== best.entry.code) otherDistance = Math.min(otherDistance, distance);
  }
  if (best === null || best.distance > limit) return null;
  const margin = otherDistance > limit ? FAR : otherDistance - best.distance;
  return { code: best.entry.code, name: best.entry.name, isExact: best.distance === 0, distance: best.distance, margin };
}

/** Returns the number of insertions, deletions and changes between two texts; anything above `limit` comes back as `limit + 1`. Pure. */
export function editDistance(a: string, b: string, limit = Number.MAX_SAFE_INTEGER): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const value = Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    previous = current;
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}
