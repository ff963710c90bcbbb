import { sizesOf } from '../../statistics/published-sizes.ts';
import { shapeMeasures } from '../../statistics/shape-measures.ts';
import type { Estimate, GroupStatistics } from '../../statistics/size-statistics.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import { sampleAcquisitionColumns } from './acquisition-columns.ts';
import { type Column, columnsFor } from './column.ts';
import { filterColumns, reviewColumns } from './compared-columns.ts';
import { runColumns, runOfRow } from './run-columns.ts';
import { count, estimate, number, SUMMARY, text } from './sample-column.ts';

type Columns = Column<SampleSummary>[];
type Group = 'all' | 'certain';

/** `samples`: one row a run, with its published figures. */
export const sampleColumns: readonly Column<SampleSummary>[] = [
  ...columnsFor(runColumns, runOfRow),
  count('revision', 'of the summary; the highest supersedes all others', ({ revision }) => revision),
  {
    ...{ name: 'madeAt', kind: 'time', unit: '', source: SUMMARY },
    description: 'when the summary was made, UTC',
    value: ({ at }) => new Date(at),
  },
  text('state', 'how the run ended', ({ state }) => state),
  text('finalisedBy', 'who ended it on request', ({ finalised }) => finalised?.by ?? null),
  text('finalisedBecause', 'why, as they said', ({ finalised }) => finalised?.reason ?? null),
  text(
    'verdict',
    'accept, reject, more-tiles, reimage; empty without a target',
    ({ decision }) => decision?.verdict ?? null,
  ),
  number(
    'probabilityInTarget',
    '1',
    'that the true D50 lies in the target',
    ({ decision }) => decision?.probability,
  ),
  number('targetD50MinUm', 'um', 'where the D50 shall lie', ({ decision }) => decision?.target.d50Um.min),
  number('targetD50MaxUm', 'um', 'where the D50 shall lie', ({ decision }) => decision?.target.d50Um.max),
  count('tilesCounted', 'tiles that the figures rest on', ({ statistics }) => statistics.tiles),
  count('tilesExpected', 'places of the grid', ({ coverage }) => coverage.tilesExpected),
  count(
    'tilesMissing',
    'of them, without a tile; 0 where the run was ended on request',
    ({ coverage, state }) => (state === 'finalised' ? 0 : coverage.tilesExpected - coverage.tilesPresent),
  ),
  count('tilesFailed', 'tiles that were given up', ({ failedTiles }) => failedTiles.length),
  count('tilesLeftOut', 'tiles that were imaged too badly', ({ imaging }) => imaging.tiles.length),
  count(
    'particles',
    'counted particles: rows of `particles` that pass the filter',
    ({ statistics }) => statistics.all.count,
  ),
  count('particlesCertain', 'certain ones among them', ({ statistics }) => statistics.certain.count),
  count('particlesUncertain', 'uncertain ones among them', ({ statistics }) => statistics.uncertain.count),
  text(
    'diameter',
    'which diameter the figures are of: `area` (x_A), `feretMax` (x_Fmax), `feretMin` (x_Fmin)',
    ({ statistics }) => statistics.diameter ?? 'area',
  ),
  ...(['all', 'certain'] as const).flatMap(sizeColumns),
  ...filterColumns(),
  ...reviewColumns(),
  ...shapeColumns(),
  number(
    'd50RelativeShiftWithoutUncertain',
    '1',
    '|all - certain| / all of the D50',
    ({ statistics }) => statistics.uncertaintySpread?.diameterD50,
  ),
  number(
    'detectionLimitUm',
    'um',
    'the smallest diameter that magnification and model can see',
    ({ statistics }) => statistics.detectionLimit?.diameterUm,
  ),
  text('models', 'the networks that segmented its tiles', ({ provenance }) =>
    [...new Set(provenance.models.map(({ name }) => name))].join('; '),
  ),
  number('pixelSizeNm', 'nm', 'side of a pixel', ({ provenance }) => provenance.pixelSizesNm[0]),
  text(
    'pixelSizeSource',
    '`file`: the images say so; `stated`: sidecars or the configuration do',
    ({ provenance }) => provenance.pixelSizeSource ?? 'file',
  ),
  text(
    'notes',
    'what is to be known of the files, each with its tiles',
    ({ notes = [] }) => notes.map(({ note, tiles }) => `${note} ${tiles}`).join('; ') || null,
  ),
  ...sampleAcquisitionColumns,
];

/** D10 to D90 and means of one group, each with its 95 % interval. */
function sizeColumns(group: Group): Columns {
  const who = group === 'all' ? 'all particles' : 'certain particles';
  const infix = group === 'all' ? '' : 'Certain';
  const figure = (
    name: string,
    unit: 'Um' | 'Um2',
    what: string,
    of: (sizes: GroupStatistics) => Estimate | undefined,
  ) => estimate(`${name}${infix}`, unit, `${what}, ${who}`, ({ statistics }) => of(statistics[group]));
  const percentiles = ['d10', 'd50', 'd90'] as const;
  return [
    ...percentiles.flatMap((name) =>
      figure(name, 'Um', `${name.toUpperCase()} by number`, (sizes) => sizesOf(sizes)?.[name]),
    ),
    ...percentiles.flatMap((name) =>
      figure(
        `${name}ByVolume`,
        'Um',
        `${name.toUpperCase()} by volume`,
        (sizes) => sizes.diameterByVolumeUm?.[name],
      ),
    ),
    ...figure('diameterMean', 'Um', 'mean diameter D[1,0]', (sizes) => sizesOf(sizes)?.mean),
    ...figure('sauter', 'Um', 'D[3,2]', (sizes) => sizes.diameterMeansUm?.sauter),
    ...figure('deBrouckere', 'Um', 'D[4,3]', (sizes) => sizes.diameterMeansUm?.deBrouckere),
    ...figure('areaMean', 'Um2', 'mean projected area', (sizes) => sizes.areaUm2?.mean),
    number(
      `spanByVolume${infix}`,
      '1',
      `(D90 - D10) / D50 by volume, ${who}`,
      ({ statistics }) => statistics[group].diameterByVolumeUm?.span,
    ),
  ];
}

/** Medians of shape of all particles that one tile shows whole. */
function shapeColumns(): Columns {
  return shapeMeasures.flatMap((measure) => {
    const isLength = measure.endsWith('Um');
    const name = `${isLength ? measure.slice(0, -2) : measure}D50`;
    return estimate(
      name,
      isLength ? 'Um' : '',
      `median ${measure} by number`,
      ({ statistics }) => statistics.shape?.all[measure]?.d50,
    );
  });
}
