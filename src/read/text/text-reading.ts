import type { FieldReading } from "../../model/reading.ts";
import type { Doubt } from "./line-readings.ts";

/** A text field's reading with what later comparisons between fields must know. */
export interface TextReading extends FieldReading {
  /** Why equal readings of both engines may still be wrong. */
  readonly doubts?: readonly Doubt[];
  /** True when the zone may lie elsewhere on this paper: no comparison may accept it. */
  readonly isUnreliable?: boolean;
}
