import type { FieldReading } from "../../model/reading.ts";
import { type AcceptFrom, acceptFromOf, calibratedContentOf } from "./accept-from.ts";
import { type CalibrationCurve, confidenceAt } from "./calibration-curve.ts";
import measured from "./curves.json" with { type: "json" };

/** Curves by content, "all" for any other; measured by `npm run bench:accuracy -- --calibrate`. */
export type CalibrationCurves = Readonly<Record<string, CalibrationCurve>>;

export const MEASURED_CURVES: CalibrationCurves = measured.curves;

/**
 * Gives a reading the confidence that readings of its content with its score have earned, and hands it to a person when that is
 * less than its field asks for.
 *
 * Pure. Nothing becomes accepted here. The values of a form filled on a computer are no readings of ink and stay as they are.
 */
export function calibrateReading(reading: FieldReading, acceptFrom: AcceptFrom, curves: CalibrationCurves = MEASURED_CURVES): FieldReading {
  if (reading.evidence.includes("liveField")) return reading;
  const content = calibratedContentOf(reading.field, reading.value);
  const curve = curves[content] ?? curves.all;
  if (curve === undefined) return reading;
  const confidence = confidenceAt(curve, reading.confidence);
  const isSure = confidence >= acceptFromOf(reading.field, content, acceptFrom);
  return { ...reading, score: reading.confidence, confidence, status: isSure ? reading.status : "review" };
}
