import type { FieldReading } from "../../model/reading.ts";
import type { Doubt } from "./line-readings.ts";

/** A text field's reading with what later comparisons between fields must know. */
export interface TextReading extends FieldReading {
  /** Why equal readings of both engines may still be wrong. */
  readonly doubts?: readonly Doubt[];
  /** True when the zone may lie elsewhere on this paper: no comparison may accept it. */
  readonly isUnreliable?: boolean;
}

/** Returns the reading for a person to look at: what spoke for it does not count. Pure. */
export function asDoubtful(reading: TextReading): TextReading {
  return { ...reading, status: "review", evidence: [], confidence: Math.min(reading.confidence, DOUBTFUL) };
}

/** A reading that is doubted for its place or its ink is at most this sure. */
const DOUBTFUL = 0.5;
