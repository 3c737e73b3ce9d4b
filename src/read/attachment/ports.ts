import type { GreyRaster } from "../../model/page.ts";

/** A place in a raster, pixels from the top left corner. */
export interface PointPx {
  readonly x: number;
  readonly y: number;
}

/**
 * A line of print as it lies in the raster.
 *
 * Corners run clockwise from one end of a long side: `corners[0] -> corners[1]` is a long side. Which end the
 * text starts at is unknown; for a line that lies within 45 degrees of the horizontal, corner 0 is the top left one.
 */
export interface TextLine {
  readonly corners: readonly [PointPx, PointPx, PointPx, PointPx];
  /** Mean probability of the line's pixels, 0-1. */
  readonly score: number;
}

/** Finds lines of print at any angle. */
export interface TextDetector {
  findLines(raster: GreyRaster): Promise<TextLine[]>;
}

/** One character of a line. */
export interface ReadCharacter {
  readonly character: string;
  /** 0-1. */
  readonly confidence: number;
  /** Where its middle lies between the left (0) and the right (1) edge of the crop. */
  readonly position: number;
}

/** What a recogniser saw in the crop of one line. */
export interface LineReading {
  readonly text: string;
  /** Mean confidence of its characters, 0-1; 0 when nothing was seen. */
  readonly confidence: number;
  readonly characters: readonly ReadCharacter[];
  /** What the recogniser held for likely at even steps along the line; only with an alphabet. */
  readonly steps?: AlphabetSteps;
}

/** Probabilities of an alphabet's characters along a line, step by step from left to right; what is missing to 1 is "nothing". */
export interface AlphabetSteps {
  readonly stepCount: number;
  /** `stepCount` rows of one value for each character of the asked alphabet. */
  readonly data: Float32Array;
}

/** Reads the crop of one upright line of print; any height. */
export interface LineReader {
  readLine(crop: GreyRaster, alphabet?: string): Promise<LineReading>;
}

/** What the reading of attachments needs from the machine. */
export interface AttachmentEngines {
  readonly detector: TextDetector;
  readonly reader: LineReader;
}
