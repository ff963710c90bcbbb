import type { Config } from '../../config/schema.ts';
import { bytesText } from '../../report/night/conditions.ts';
import { type KeptSample, keptSamples } from '../../report/sample/kept-samples.ts';
import { type Finding, ok } from '../finding.ts';

const DAY_MS = 86_400_000;

export function lookAtKeptFiles({ report }: Config): Promise<KeptSample[]> {
  return report.folder === null ? Promise.resolve([]) : keptSamples(report.folder);
}

export function judgeKeptFiles(
  samples: readonly KeptSample[],
  { retention: { overlaysDays, overlaysGb, reportsDays, reportsGb, rowsDays } }: Pick<Config, 'retention'>,
  now: Date,
): Finding {
  const limitText = (days: number | null, gigabytes: number | null): string => {
    const limits = [
      days === null ? [] : [`${days} days`],
      gigabytes === null ? [] : [`${gigabytes} GB`],
    ].flat();
    return limits.length === 0 ? 'kept for ever' : `kept for ${limits.join(' or ')}`;
  };
  const sum = (of: (sample: KeptSample) => number): number =>
    samples.reduce((total, sample) => total + of(sample), 0);
  const overlays = sum(({ overlaysBytes }) => overlaysBytes);
  const others = sum(({ bytes }) => bytes) - overlays;
  const days = samples[0] ? Math.max(0, Math.floor((now.getTime() - samples[0].writtenAtMs) / DAY_MS)) : 0;
  return ok(
    'kept files',
    `${samples.length} samples of the last ${days} days; outlines ${bytesText(overlays)}, ${limitText(overlaysDays, overlaysGb)}; ` +
      `reports ${bytesText(others)}, ${limitText(reportsDays, reportsGb)}; particles in the database ${limitText(rowsDays, null)} (retention)`,
  );
}
