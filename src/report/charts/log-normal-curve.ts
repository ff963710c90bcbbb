import type { Layer } from './chart-layer.ts';
import type { Palette } from './palette.ts';
import type { KeyEntry } from './plot-header.ts';
import { type SizeAxis, sizeScale } from './size-axis.ts';
import type { SizeDistributionData } from './size-data.ts';
import { densityAxis } from './size-marks.ts';

type LogNormal = NonNullable<SizeDistributionData['logNormal']>;

const POINTS = 160;

/**
 * The density q0*(lg x) of a log-normal distribution over a size: ln 10 / (s sqrt(2 pi)) exp(-(ln x - ln g)^2 / (2 s^2)),
 * with the geometric mean g and s the logarithm of the geometric standard deviation (ISO 9276-5).
 */
export function logNormalDensity({ geometricMeanUm, geometricStandardDeviation }: LogNormal, um: number) {
  const spread = Math.log(geometricStandardDeviation);
  const score = Math.log(um / geometricMeanUm) / spread;
  return (Math.LN10 / (spread * Math.sqrt(2 * Math.PI))) * Math.exp(-(score ** 2) / 2);
}

/** The fit over the classes, over the whole axis. */
export function logNormalLayers(fit: LogNormal | null, axis: SizeAxis, palette: Palette): Layer[] {
  if (fit === null) return [];
  const values = Array.from({ length: POINTS + 1 }, (_, i) => {
    const um = axis.lowUm * (axis.highUm / axis.lowUm) ** (i / POINTS);
    return { um, density: logNormalDensity(fit, um) };
  });
  return [
    {
      data: { values },
      mark: {
        type: 'line',
        color: palette.text,
        strokeWidth: 1.5,
        ...(fit.fits ? {} : { strokeDash: [5, 3] }),
      },
      encoding: { x: sizeScale('um', axis), y: densityAxis('density') },
    },
  ];
}

/** Says when the particles are not of such a distribution: its curve is then no summary of them. */
export function logNormalKey(fit: LogNormal | null, palette: Palette): KeyEntry[] {
  if (fit === null) return [];
  return fit.fits
    ? [{ symbol: 'line', color: palette.text, text: 'log-normal fit' }]
    : [{ symbol: 'dashes', color: palette.text, text: 'log-normal, which does not fit' }];
}
