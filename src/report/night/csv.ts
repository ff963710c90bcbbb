import type { Estimate } from '../../statistics/size-statistics.ts';
import { type CsvValue, csvCell, rounded } from '../csv.ts';
import type { NightReport, NightSample } from './model.ts';

type Cell = CsvValue | undefined;
type Column = readonly [header: string, value: (sample: NightSample) => Cell];

const percentiles = ['d10', 'd50', 'd90'] as const;

/** One row a sample, units in the headers; text is UTF-8 with a byte order mark, without which Excel misreads it. */
export function nightCsv({ samples }: NightReport): string {
  const rows = samples.map((sample) => columns.map(([, value]) => value(sample)));
  return `\uFEFF${[columns.map(([header]) => header), ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

const columns: readonly Column[] = [
  ['sample', ({ name }) => name],
  ['sample id', ({ summary }) => summary.sample.id],
  ['run', ({ summary }) => summary.run],
  ['revision', ({ summary }) => summary.revision],
  ['finished (UTC)', ({ finishedAt }) => finishedAt.toISOString()],
  ['state', ({ summary }) => summary.state],
  ['finalised by', ({ summary }) => summary.finalised?.by],
  ['finalised because', ({ summary }) => summary.finalised?.reason],
  ['verdict', ({ summary }) => summary.decision?.verdict],
  ['probability of D50 in target', ({ summary }) => summary.decision?.probability],
  ['target D50 min (um)', ({ summary }) => summary.decision?.target.d50Um.min],
  ['target D50 max (um)', ({ summary }) => summary.decision?.target.d50Um.max],
  ['needs a look', ({ attention }) => attention.join('; ')],
  ['tiles counted', ({ summary }) => summary.statistics.tiles],
  ['tiles expected', ({ summary }) => summary.coverage.tilesExpected],
  [
    'tiles missing',
    ({ summary: { coverage, state } }) =>
      state === 'finalised' ? 0 : coverage.tilesExpected - coverage.tilesPresent,
  ],
  ['tiles failed', ({ summary }) => summary.failedTiles.length],
  ['tiles left out', ({ summary }) => summary.imaging.tiles.length],
  ['particles', ({ summary }) => summary.statistics.all.count],
  ['particles certain', ({ summary }) => summary.statistics.certain.count],
  ['particles uncertain', ({ summary }) => summary.statistics.uncertain.count],
  ...estimateColumns('mean diameter (um)', ({ all }) => all.diameterEquivalentUm?.mean),
  ...percentiles.flatMap((name) =>
    estimateColumns(`${name.toUpperCase()} (um)`, ({ all }) => all.diameterEquivalentUm?.[name]),
  ),
  ...percentiles.flatMap((name) =>
    estimateColumns(
      `${name.toUpperCase()} certain (um)`,
      ({ certain }) => certain.diameterEquivalentUm?.[name],
    ),
  ),
  ...percentiles.flatMap((name) =>
    estimateColumns(`${name.toUpperCase()} by volume (um)`, ({ all }) => all.diameterByVolumeUm?.[name]),
  ),
  ...estimateColumns('mean area (um2)', ({ all }) => all.areaUm2?.mean),
  ...estimateColumns('D[3;2] (um)', ({ all }) => all.diameterMeansUm?.sauter),
  ...estimateColumns('D[4;3] (um)', ({ all }) => all.diameterMeansUm?.deBrouckere),
  ['span by volume', ({ summary }) => summary.statistics.all.diameterByVolumeUm?.span],
  [
    'relative shift of D50 without uncertain',
    ({ summary }) => summary.statistics.uncertaintySpread?.diameterD50,
  ],
  ['detection limit (um)', ({ summary }) => summary.statistics.detectionLimit?.diameterUm],
  ['D50 before (um)', ({ change }) => change?.before.value],
  ['measured before (UTC)', ({ change }) => change?.since.toISOString()],
  ['intervals overlap', ({ change }) => change?.intervalsOverlap],
  ['models', ({ summary }) => [...new Set(summary.provenance.models.map(({ name }) => name))].join('; ')],
  ['pixel size (nm)', ({ summary }) => summary.provenance.pixelSizesNm.join('; ')],
];

function estimateColumns(
  header: string,
  figure: (statistics: NightSample['summary']['statistics']) => Estimate | undefined,
): Column[] {
  const of = ({ summary }: NightSample): Estimate | undefined => figure(summary.statistics);
  return [
    [header, (sample) => of(sample)?.value],
    [`${header} low 95 %`, (sample) => of(sample)?.low95],
    [`${header} high 95 %`, (sample) => of(sample)?.high95],
  ];
}

function cellText(value: Cell): string {
  if (typeof value === 'number') return String(rounded(value));
  return csvCell(value ?? null);
}
