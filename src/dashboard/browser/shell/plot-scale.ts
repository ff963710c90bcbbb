/** Values and where they are drawn. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
}

/** From the domain to the range, linearly; a domain without width is drawn in the middle. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const draw = (value: number) =>
    to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
  return Object.assign(draw, { domain });
}

/** Round values within the domain, in steps of 1, 2 or 5 of a power of ten: at most `most`. */
export function roundTicks([from, to]: readonly [number, number], most: number): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
