import codeTriples from "i18n-iso-countries/codes.json" with { type: "json" };
import { MRZ_ALPHABET, type MrzFormat, type Span } from "./mrz-format.ts";
import type { Shares } from "./vote-lines.ts";

/** Codes of ICAO Doc 9303-3 section 5 beyond ISO 3166-1: Germany, British classes, organisations, stateless, refugees, Kosovo, Utopia (specimens). */
const FURTHER_CODES = "D<< GBD GBN GBO GBP GBS RKS XKX UNK EUE UNO UNA XOM XPO XCC XBA XXA XXB XXC XXX UTO".split(" ");

const STATE_CODES: readonly string[] = [...codeTriples.flatMap(([, alpha3]) => (alpha3 === undefined ? [] : [alpha3])), ...FURTHER_CODES];

/** Codes together must explain at least this share of what was seen, else the state is unknown or misread. */
const LEAST_EXPLAINED = 0.02;

/** Tells whether a state code of a machine-readable zone exists. Pure. */
export function isStateCode(code: string): boolean {
  return STATE_CODES.includes(code.padEnd(3, "<"));
}

/**
 * Returns the votes with the issuing state and the nationality weighed by the codes that exist.
 *
 * Pure. "CDD" with a half-seen O becomes COD: no state has the code CDD.
 */
export function weighByStateCodes(votes: readonly (readonly Shares[])[], format: MrzFormat): Shares[][] {
  const weighed = votes.map((line) => [...line]);
  for (const place of [format.fields.issuingState, format.fields.nationality]) if (place !== null) weigh(weighed, place);
  return weighed;
}

function weigh(votes: Shares[][], { line, from, to }: Span): void {
  const columns = (votes[line] ?? []).slice(from, to);
  const sums = columns.map(() => new Float32Array(MRZ_ALPHABET.length));
  let total = 0;
  for (const code of STATE_CODES) {
    const indexes = [...code].map((character) => MRZ_ALPHABET.indexOf(character));
    let product = 1;
    for (const [position, index] of indexes.entries()) product *= columns[position]?.[index] ?? 0;
    total += product;
    for (const [position, index] of indexes.entries()) {
      const column = sums[position];
      if (column !== undefined) column[index] = (column[index] ?? 0) + product;
    }
  }
  if (total < LEAST_EXPLAINED) return;
  for (const [position, column] of sums.entries()) {
    const target = votes[line];
    if (target !== undefined) target[from + position] = column.map((sum) => sum / total);
  }
}
