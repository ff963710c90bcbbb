/**
 * Euclidean distance in pixels from each inside pixel's centre to the nearest background pixel's centre, 0 on
 * the background: exact, by lower envelopes of parabolas along columns and then along rows (Felzenszwalb &
 * Huttenlocher 2012, Theory of Computing 8:415-428). Beyond the image lies no background, so that a particle
 * cut by the border is deepest at the border. Without any background all distances are the image's diagonal.
 *
 * @param inside row by row, 1 inside.
 */
export function distanceTransform(inside: Uint8Array, widthPx: number, heightPx: number): Float32Array {
  const farthest = widthPx ** 2 + heightPx ** 2;
  const squared = new Float64Array(inside.length);
  // Along columns the background is 0 or nothing: the distance to the last one seen, from above and below.
  for (let x = 0; x < widthPx; x++) {
    let run = farthest;
    for (let y = 0; y < heightPx; y++) {
      const pixel = y * widthPx + x;
      run = inside[pixel] === 0 ? 0 : run + 1;
      squared[pixel] = run;
    }
    run = farthest;
    for (let y = heightPx - 1; y >= 0; y--) {
      const pixel = y * widthPx + x;
      run = inside[pixel] === 0 ? 0 : run + 1;
      squared[pixel] = Math.min(farthest, Math.min(run, squared[pixel]!) ** 2);
    }
  }
  const envelope = new LowerEnvelope(widthPx);
  const distance = new Float32Array(inside.length);
  for (let y = 0; y < heightPx; y++) {
    const row = squared.subarray(y * widthPx, (y + 1) * widthPx);
    envelope.minimaOf(row);
    for (let x = 0; x < widthPx; x++) {
      distance[y * widthPx + x] = Math.sqrt(Math.min(farthest, envelope.minima[x]!));
    }
  }
  return distance;
}

/** The least of the parabolas (x - v)^2 + heights[v] at every x of a line. */
class LowerEnvelope {
  readonly minima: Float64Array;
  /** Vertices of the parabolas on the envelope, and from where on each is the lowest. */
  readonly #vertices: Int32Array;
  readonly #from: Float64Array;

  constructor(length: number) {
    this.minima = new Float64Array(length);
    this.#vertices = new Int32Array(length);
    this.#from = new Float64Array(length);
  }

  minimaOf(heights: Float64Array): void {
    const vertices = this.#vertices;
    const from = this.#from;
    let top = 0;
    vertices[0] = 0;
    from[0] = Number.NEGATIVE_INFINITY;
    for (let x = 1; x < heights.length; x++) {
      let start = crossing(heights, vertices[top]!, x);
      // The first parabola starts at minus infinity, so that the descent ends.
      while (start <= from[top]!) start = crossing(heights, vertices[--top]!, x);
      top++;
      vertices[top] = x;
      from[top] = start;
    }
    for (let x = 0, at = 0; x < heights.length; x++) {
      while (at < top && from[at + 1]! < x) at++;
      this.minima[x] = (x - vertices[at]!) ** 2 + heights[vertices[at]!]!;
    }
  }
}

/** Where the parabola of the later vertex becomes lower. */
function crossing(heights: Float64Array, before: number, after: number): number {
  return (heights[after]! + after ** 2 - heights[before]! - before ** 2) / (2 * (after - before));
}
