/** Readings whose judges' figure lies from `from` up to the next bin, and how many of them were wrong. */
export interface CalibrationBin {
  readonly from: number;
  readonly count: number;
  readonly wrong: number;
  /** 0-1: how likely such a reading is right; never falls from bin to bin. */
  readonly confidence: number;
}

export interface CalibrationCurve {
  readonly bins: readonly CalibrationBin[];
}

/** One reading of known truth: the judges' figure (0-1) and whether the value was right. */
export interface JudgedReading {
  readonly score: number;
  readonly isRight: boolean;
}

/** Lower edges of the bins: narrow where readings are used without a look. */
const EDGES = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999] as const;

/** A bin with few readings leans on the same bin of all contents, with the weight of this many readings. */
const PRIOR_COUNT = 4;
/** No number of right readings makes the next one certain. */
const MOST_SURE = 0.999;

const binOf = (score: number): number => EDGES.findLastIndex((edge) => score >= edge);

interface Tally {
  count: number;
  wrong: number;
}

function tallyOf(readings: readonly JudgedReading[]): Tally[] {
  const tallies = EDGES.map((): Tally => ({ count: 0, wrong: 0 }));
  for (const { score, isRight } of readings) {
    const tally = tallies[binOf(score)];
    if (tally === undefined) continue;
    tally.count += 1;
    if (!isRight) tally.wrong += 1;
  }
  return tallies;
}

/** Joins neighbouring bins until no bin is less sure than the one below it. */
function rising(shares: readonly number[], weights: readonly number[]): number[] {
  const blocks: { sum: number; weight: number; size: number }[] = [];
  for (const [index, share] of shares.entries()) {
    const weight = weights[index] ?? 1;
    blocks.push({ sum: share * weight, weight, size: 1 });
    for (let last = blocks.at(-1), before = blocks.at(-2); last !== undefined && before !== undefined; ) {
      if (before.sum / before.weight <= last.sum / last.weight) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, weight: before.weight + last.weight, size: before.size + last.size });
      last = blocks.at(-1);
      before = blocks.at(-2);
    }
  }
  return blocks.flatMap(({ sum, weight, size }) => Array.from({ length: size }, () => sum / weight));
}

function fitCurve(own: readonly Tally[], prior: readonly number[]): CalibrationCurve {
  const shares = own.map(({ count, wrong }, index) => (count - wrong + PRIOR_COUNT * (prior[index] ?? 0)) / (count + PRIOR_COUNT));
  const levels = rising(
    shares,
    own.map(({ count }) => count + PRIOR_COUNT),
  );
  const bins = own.map(({ count, wrong }, index) => ({
    from: EDGES[index] ?? 0,
    count,
    wrong,
    confidence: Number(Math.min(MOST_SURE, levels[index] ?? 0).toFixed(4)),
  }));
  return { bins };
}

/**
 * Returns a curve for each content, and "all" for contents without one: how often readings with a certain figure were right.
 *
 * Pure. Made from readings whose truth is known and that no threshold was set by.
 */
export function fitCurves(readings: Readonly<Record<string, readonly JudgedReading[]>>): Record<string, CalibrationCurve> {
  const all = tallyOf(Object.values(readings).flat());
  // Half a wrong reading in each bin: a bin that nothing fell into says little.
  const shares = all.map(({ count, wrong }, index) => (count - wrong + (EDGES[index] ?? 0)) / (count + 1));
  const general = fitCurve(all, shares);
  const prior = general.bins.map(({ confidence }) => confidence);
  const curves = Object.entries(readings).map(([content, own]) => [content, fitCurve(tallyOf(own), prior)] as const);
  return { all: general, ...Object.fromEntries(curves.toSorted(([a], [b]) => a.localeCompare(b))) };
}

/** Returns how likely a reading with this figure is right. Pure. */
export function confidenceAt({ bins }: CalibrationCurve, score: number): number {
  return bins.findLast(({ from }) => score >= from)?.confidence ?? 0;
}
