/** Plane projective map, row-major 3 x 3: (x, y, 1) -> (u w, v w, w). */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** Two matched points: (x, y) on the one plane is (u, v) on the other; `weight` >= 0. */
export interface PointPair {
  readonly x: number;
  readonly y: number;
  readonly u: number;
  readonly v: number;
  readonly weight: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Returns where a point comes to lie. Pure. */
export function mapPoint(h: Homography, x: number, y: number): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}

/** Returns the map that does `first`, then `second`. Pure. */
export function compose(second: Homography, first: Homography): Homography {
  const at = (row: number, column: number) =>
    (second[row * 3] ?? 0) * (first[column] ?? 0) +
    (second[row * 3 + 1] ?? 0) * (first[column + 3] ?? 0) +
    (second[row * 3 + 2] ?? 0) * (first[column + 6] ?? 0);
  return [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)];
}

/** Returns the inverse map. Pure. */
export function invert(h: Homography): Homography {
  const [a, b, c, d, e, f, g, k, i] = h;
  const co = [
    e * i - f * k,
    c * k - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * k - e * g,
    b * g - a * k,
    a * e - b * d,
  ];
  const det = a * (co[0] ?? 0) + b * (co[3] ?? 0) + c * (co[6] ?? 0);
  const at = (index: number) => (co[index] ?? 0) / det;
  return [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)];
}

/** Returns u = a x + c, v = e y + f as a map. Pure. */
export function scaleAndShift(a: number, c: number, e: number, f: number): Homography {
  return [a, 0, c, 0, e, f, 0, 0, 1];
}

/** Returns the rotation by an angle (clockwise with y downwards) about a centre. Pure. */
export function rotationAbout(angleRad: number, centre: Point): Homography {
  const cos = Math.cos(angleRad);
  const sin = Math.sin(angleRad);
  return [cos, -sin, centre.x - cos * centre.x + sin * centre.y, sin, cos, centre.y - sin * centre.x - cos * centre.y, 0, 0, 1];
}

/** Returns the least-squares affine map of the pairs, or null when they do not span a plane. Pure. */
export function fitAffine(pairs: readonly PointPair[]): Homography | null {
  const normal = new Float64Array(9);
  const right = new Float64Array(6);
  for (const { x, y, u, v, weight } of pairs) {
    const row = [x, y, 1];
    for (let i = 0; i < 3; i++) {
      const wi = weight * (row[i] ?? 0);
      for (let j = 0; j < 3; j++) normal[i * 3 + j] = (normal[i * 3 + j] ?? 0) + wi * (row[j] ?? 0);
      right[i] = (right[i] ?? 0) + wi * u;
      right[i + 3] = (right[i + 3] ?? 0) + wi * v;
    }
  }
  const forU = solveLinear(normal.slice(), right.slice(0, 3), 3);
  const forV = solveLinear(normal, right.slice(3), 3);
  if (!forU || !forV) return null;
  return [forU[0] ?? 0, forU[1] ?? 0, forU[2] ?? 0, forV[0] ?? 0, forV[1] ?? 0, forV[2] ?? 0, 0, 0, 1];
}

/** Returns the least-squares homography of at least four pairs, or null when they are degenerate. Pure. */
export function fitHomography(pairs: readonly PointPair[]): Homography | null {
  const from = normaliser(pairs.map(({ x, y }) => ({ x, y })));
  const to = normaliser(pairs.map(({ u, v }) => ({ x: u, y: v })));
  const normal = new Float64Array(64);
  const right = new Float64Array(8);
  for (const pair of pairs) {
    const p = mapPoint(from, pair.x, pair.y);
    const q = mapPoint(to, pair.u, pair.v);
    addEquation(normal, right, [p.x, p.y, 1, 0, 0, 0, -p.x * q.x, -p.y * q.x], q.x, pair.weight);
    addEquation(normal, right, [0, 0, 0, p.x, p.y, 1, -p.x * q.y, -p.y * q.y], q.y, pair.weight);
  }
  const h = solveLinear(normal, right, 8);
  if (!h) return null;
  const at = (index: number) => h[index] ?? 0;
  return scaled(compose(invert(to), compose([at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), 1], from)));
}

function addEquation(normal: Float64Array, right: Float64Array, row: readonly number[], value: number, weight: number): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const wi = weight * (row[i] ?? 0);
    if (wi === 0) continue;
    for (let j = 0; j < size; j++) normal[i * size + j] = (normal[i * size + j] ?? 0) + wi * (row[j] ?? 0);
    right[i] = (right[i] ?? 0) + wi * value;
  }
}

/** Moves points to their centre and to unit spread: without it the normal equations lose their digits. */
function normaliser(points: readonly Point[]): Homography {
  let cx = 0;
  let cy = 0;
  for (const { x, y } of points) {
    cx += x / points.length;
    cy += y / points.length;
  }
  let spread = 0;
  for (const { x, y } of points) spread += Math.hypot(x - cx, y - cy) / points.length;
  const scale = spread > 0 ? Math.SQRT2 / spread : 1;
  return scaleAndShift(scale, -scale * cx, scale, -scale * cy);
}

function scaled(h: Homography): Homography {
  const k = h[8];
  return [h[0] / k, h[1] / k, h[2] / k, h[3] / k, h[4] / k, h[5] / k, h[6] / k, h[7] / k, 1];
}

/** Solves a small dense system by elimination with row exchange; null when singular. Overwrites its arguments. */
function solveLinear(matrix: Float64Array, right: Float64Array, size: number): Float64Array | null {
  const at = (row: number, column: number) => matrix[row * size + column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    if (Math.abs(at(pivot, column)) < 1e-12) return null;
    if (pivot !== column) swapRows(matrix, right, size, pivot, column);
    for (let row = column + 1; row < size; row++) {
      const factor = at(row, column) / at(column, column);
      if (factor === 0) continue;
      for (let k = column; k < size; k++) matrix[row * size + k] = at(row, k) - factor * at(column, k);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) sum -= at(row, k) * (right[k] ?? 0);
    right[row] = sum / at(row, row);
  }
  return right;
}

function swapRows(matrix: Float64Array, right: Float64Array, size: number, a: number, b: number): void {
  for (let k = 0; k < size; k++) {
    const held = matrix[a * size + k] ?? 0;
    matrix[a * size + k] = matrix[b * size + k] ?? 0;
    matrix[b * size + k] = held;
  }
  const held = right[a] ?? 0;
  right[a] = right[b] ?? 0;
  right[b] = held;
}
