/** One connected piece of ink, px of the picture it was found in. */
export interface InkPiece {
  readonly areaPx: number;
  readonly left: number;
  readonly top: number;
  /** Last column and row of the piece. */
  readonly right: number;
  readonly bottom: number;
  /** Mean of the picture over the piece, 0-255. */
  readonly meanInk: number;
  readonly label: number;
}

export interface InkPieces {
  readonly pieces: readonly InkPiece[];
  /** Per pixel the label of its piece, 0 = none. */
  readonly labels: Int32Array;
}

/**
 * Finds the connected pieces (8 neighbours) of a picture's pixels at or above a threshold. Pure.
 *
 * @returns the pieces from large to small
 */
export function findPieces(picture: Uint8Array, widthPx: number, heightPx: number, threshold: number): InkPieces {
  const labels = new Int32Array(picture.length);
  const pieces: InkPiece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < picture.length; start++) {
    if (labels[start] !== 0 || (picture[start] ?? 0) < threshold) continue;
    const label = pieces.length + 1;
    labels[start] = label;
    stack.push(start);
    let area = 0;
    let sum = 0;
    let left = widthPx;
    let right = 0;
    let top = heightPx;
    let bottom = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % widthPx;
      const y = (at - x) / widthPx;
      area++;
      sum += picture[at] ?? 0;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(heightPx - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(widthPx - 1, x + 1); nx++) {
          const next = ny * widthPx + nx;
          if (labels[next] !== 0 || (picture[next] ?? 0) < threshold) continue;
          labels[next] = label;
          stack.push(next);
        }
      }
    }
    pieces.push({ areaPx: area, left, top, right, bottom, meanInk: sum / area, label });
  }
  return { pieces: pieces.toSorted((a, b) => b.areaPx - a.areaPx), labels };
}
