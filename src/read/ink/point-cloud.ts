/** The pixels of a piece of ink, summed up so that its place and shape follow. */
export class PointCloud {
  #count = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;
  #left = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;
  #top = Number.POSITIVE_INFINITY;
  #bottom = Number.NEGATIVE_INFINITY;

  add(x: number, y: number): void {
    this.#count++;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#yy += y * y;
    this.#xy += x * y;
    if (x < this.#left) this.#left = x;
    if (x > this.#right) this.#right = x;
    if (y < this.#top) this.#top = y;
    if (y > this.#bottom) this.#bottom = y;
  }

  get count(): number {
    return this.#count;
  }

  /** Width and height of the upright box around the points, px; 0 when there are none. */
  extent(): { readonly width: number; readonly height: number } {
    if (this.#count === 0) return { width: 0, height: 0 };
    return { width: this.#right - this.#left + 1, height: this.#bottom - this.#top + 1 };
  }

  /** The mean of the points; the origin when there are none. */
  centre(): { readonly x: number; readonly y: number } {
    const count = Math.max(1, this.#count);
    return { x: this.#x / count, y: this.#y / count };
  }

  /** Standard deviations along and across the cloud's own long axis. */
  spread(): { readonly along: number; readonly across: number } {
    const count = Math.max(1, this.#count);
    const { x, y } = this.centre();
    const varX = this.#xx / count - x ** 2;
    const varY = this.#yy / count - y ** 2;
    const half = Math.hypot((varX - varY) / 2, this.#xy / count - x * y);
    const middle = (varX + varY) / 2;
    return { along: Math.sqrt(Math.max(0, middle + half)), across: Math.sqrt(Math.max(0, middle - half)) };
  }
}
