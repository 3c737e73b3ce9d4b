import type { Columns } from "./fit-columns.ts";
import { MRZ_ALPHABET, type MrzFormat } from "./mrz-format.ts";

/** How likely each character of the alphabet is in one column; sums to at most 1, less where forbidden ones were seen. */
export type Shares = Float32Array;

/** One re-read of one line. */
export interface LineRead {
  readonly columns: Columns;
  /** 0-1: mean confidence over the line's columns. */
  readonly clarity: number;
}

/** A re-read of a line that is this much less clear than the clearest one has no vote. */
const WEAK_READ = 0.08;
/** A re-read that saw nothing in a column weakly suggests a swallowed filler. */
const UNSEEN_FILLER = 0.004;
const FLOOR = 0.0005;

const FILLER = MRZ_ALPHABET.indexOf("<");

/**
 * Returns the joint opinion of several re-reads of a zone, restricted to what each column may hold.
 *
 * Pure. @param reads one per re-read: its lines
 */
export function voteLines(reads: readonly (readonly LineRead[])[], format: MrzFormat): Shares[][] {
  return format.allowed.map((allowed, line) => {
    const clearest = Math.max(...reads.map((read) => read[line]?.clarity ?? 0));
    const voters = reads.flatMap((read) => {
      const seen = read[line];
      return seen === undefined || seen.clarity < clearest - WEAK_READ ? [] : [seen.columns];
    });
    return allowed.map((set, column) => voteColumn(voters, column, set));
  });
}

function voteColumn(voters: readonly Columns[], column: number, allowed: string): Shares {
  const sums = new Float32Array(MRZ_ALPHABET.length).fill(FLOOR);
  sums[FILLER] = FLOOR + UNSEEN_FILLER * voters.length;
  for (const voter of voters) {
    for (const [index, share] of (voter[column] ?? []).entries()) sums[index] = (sums[index] ?? 0) + share;
  }
  return restrict(sums, allowed);
}

/** Letters and digits that the recogniser takes for each other where only one sort may stand; the likelier twin first. */
const TWINS: Readonly<Record<string, string>> = {
  0: "ODQU",
  1: "ILT",
  2: "Z",
  4: "A",
  5: "S",
  6: "G",
  7: "T",
  8: "B",
  A: "4",
  B: "8",
  D: "0",
  G: "6",
  I: "1",
  L: "1",
  O: "0",
  Q: "0",
  S: "5",
  T: "7",
  U: "0",
  Z: "2",
};
/** A twin other than the likeliest gets this share of what was seen. */
const LESSER_TWIN = 0.15;

/** What was seen of characters that may not stand here counts against those that may: a P where only I may stand is no sure I. */
function restrict(sums: Float32Array, allowed: string): Shares {
  const shares = new Float32Array(sums.length);
  for (const [index, sum] of sums.entries()) {
    const character = MRZ_ALPHABET[index] ?? "";
    if (allowed.includes(character)) {
      shares[index] = (shares[index] ?? 0) + sum;
      continue;
    }
    const twins = [...(TWINS[character] ?? "")].filter((twin) => allowed.includes(twin));
    for (const [rank, twin] of twins.entries()) {
      const at = MRZ_ALPHABET.indexOf(twin);
      shares[at] = (shares[at] ?? 0) + sum * (rank === 0 ? 1 : LESSER_TWIN);
    }
  }
  let total = 0;
  for (const sum of sums) total += sum;
  return shares.map((share) => Math.min(1, share / total));
}

/** Returns the likeliest character of a column and its share. Pure. */
export function bestOf(shares: Shares): { readonly character: string; readonly share: number } {
  let best = FILLER;
  for (const [index, share] of shares.entries()) if (share > (shares[best] ?? 0)) best = index;
  return { character: MRZ_ALPHABET[best] ?? "<", share: shares[best] ?? 0 };
}

/** Returns the share of one character of a column. Pure. */
export function shareOf(shares: Shares | undefined, character: string): number {
  return shares?.[MRZ_ALPHABET.indexOf(character)] ?? 0;
}
