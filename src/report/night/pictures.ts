/** A picture of the mail, shown as `cid:<cid>`, with its numbers in words for readers without pictures. */
export interface Picture {
  readonly cid: string;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
  /** Size at which it is shown, in CSS pixels, where there is room. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly alt: string;
}

/** A chart for light and for dark surroundings. */
export interface ThemedPicture {
  readonly light: Picture;
  readonly dark: Picture;
}

export interface ParticlePicture extends Picture {
  /** Short, to stand below it. */
  readonly caption: string;
}

/** Of one sample; null or empty where there is nothing to show or its file is gone. */
export interface SamplePictures {
  readonly distribution: ThemedPicture | null;
  readonly mosaic: Picture | null;
  /** The most uncertain particles, most uncertain first. */
  readonly particles: readonly ParticlePicture[];
}

export interface NightPictures {
  /** By run; of the samples that are shown in full. */
  readonly samples: ReadonlyMap<number, SamplePictures>;
  readonly control: ThemedPicture | null;
}

export function allPictures({ samples, control }: NightPictures): Picture[] {
  const themed = (chart: ThemedPicture | null): Picture[] => (chart ? [chart.light, chart.dark] : []);
  return [
    ...[...samples.values()].flatMap(({ distribution, mosaic, particles }) => [
      ...themed(distribution),
      ...(mosaic ? [mosaic] : []),
      ...particles,
    ]),
    ...themed(control),
  ];
}
