/** A round length to hold a picture against. */
export interface ScaleBar {
  readonly lengthUm: number;
  /** `20 µm`; below half a micrometre `200 nm`. */
  readonly text: string;
}

/** The longest of 1, 2 and 5 times a power of ten that takes at most a quarter of `widthUm`. */
export function scaleBar(widthUm: number): ScaleBar {
  const most = widthUm / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const times = [5, 2, 1].find((one) => one * power <= most) ?? 1;
  const lengthUm = Number((times * power).toPrecision(1));
  const text = lengthUm < 0.5 ? `${Number((lengthUm * 1000).toPrecision(1))} nm` : `${lengthUm} µm`;
  return { lengthUm, text };
}
