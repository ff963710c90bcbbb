import type { BorderStatistics } from '../../statistics/size-statistics.ts';
import { diameterNames } from '../diameter-names.ts';
import { counted, countText, figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { SampleSummary } from './sample-summary.ts';
import { hasIntervals } from './verdict-text.ts';

const borderMethods = {
  weight:
    'not counted; whole ones count by the inverse of their chance to lie inside a tile (Miles and Lantuéjoul)',
  join: 'put together from the pieces in neighbouring tiles where they adjoin',
  exclude: 'not counted, which makes large ones too rare',
  include: 'counted as large as they appear',
} as const;

/** What the figures rest on. */
export function provenance(summary: SampleSummary): Html {
  const { statistics, provenance: from, duplicateCount } = summary;
  const { border, detectionLimit } = statistics;
  const facts: readonly (readonly [string, Html | string | null])[] = [
    ...from.models.map(
      ({ name, sha256, thresholds, arithmetic }) =>
        [
          'Model',
          html`${name} <code>${sha256.slice(0, 16)}…</code>${arithmeticNote(arithmetic)}<br><small>${Object.entries(
            thresholds,
          )
            .map(([key, value]) => `${key} ${value}`)
            .join(', ')}</small>`,
        ] as const,
    ),
    [
      'Pixel size',
      from.pixelSizesNm.map((nm) => `${figureText(nm)} nm`).join(', ') +
        (from.pixelSizeSource === 'stated' ? ', stated: the images do not say it' : ''),
    ],
    [
      'Detection limit',
      detectionLimit &&
        `${figureText(detectionLimit.diameterUm, 'µm')}: ${percentText(detectionLimit.recall)} of the particles of this size are found`,
    ],
    [
      'Particles at borders',
      statistics.all.count + border.cut > 0 ? borderText(border, statistics.tiles) : null,
    ],
    ['Seen twice', duplicateCount > 0 ? `${counted(duplicateCount, 'particle')}, counted once` : null],
    ['Intervals', intervalsText(summary)],
    ['Software', `particled ${from.softwareVersion}`],
    [
      'Run',
      `${summary.run}, revision ${summary.revision}, ${summary.state}, made ${summary.at.slice(0, 16).replace('T', ' ')} UTC`,
    ],
  ];
  return html`<section>
<h2>What this rests on</h2>
<dl class="facts">
${facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
</section>`;
}

/** Nothing where it is the model's own. */
function arithmeticNote(arithmetic: string | undefined): string {
  return arithmetic === 'exact' ? ', in exact arithmetic' : '';
}

/** Nothing where there is no figure either. */
function intervalsText(summary: SampleSummary): string | null {
  const { resamples, all, tiles } = summary.statistics;
  if (all.count === 0) return null;
  if (hasIntervals(summary)) return `95 %, from ${counted(resamples, 'resample')} of whole tiles`;
  return `none: they come from how tiles differ, and ${tiles === 1 ? 'this is one tile' : 'too few of them hold particles'}`;
}

function borderText(
  { method, cut, joined, diameterD50Shift: shift }: BorderStatistics,
  tiles: number,
): string {
  if (cut === 0) return 'none is cut by a border';
  const pieces = joined > 0 ? `, ${countText(joined)} joined` : '';
  const moved =
    shift === null || method === 'exclude'
      ? ''
      : ` D50 is ${percentText(Math.abs(shift))} ${shift < 0 ? 'smaller' : 'greater'} than if each whole one counted once.`;
  // One tile has no neighbour that shows the rest of a particle.
  const what = method === 'join' && tiles === 1 ? borderMethods.weight : borderMethods[method];
  return `${counted(cut, 'particle')} cut by a border${pieces}: ${what}.${moved}`;
}

/** A few words for a reader who sees such a report for the first time. */
export function howToRead(summary: SampleSummary): Html | null {
  const { all, diameter = 'area' } = summary.statistics;
  if (all.count === 0) return null;
  const measured =
    diameter === 'area'
      ? 'A diameter is that of the circle with the particle’s projected area.'
      : `A diameter is the ${diameterNames[diameter].name}: the ${diameter === 'feretMax' ? 'greatest' : 'least'} distance of two parallel lines that touch the particle on either side. Volumes are those of a sphere of that diameter.`;
  const intervals = html`<p>An interval says how far the figure may move if other tiles of the same sample had been imaged. It does not cover a wrong pixel size, particles that were missed, or how the sample was prepared.</p>
`;
  return html`<section>
<h2>How to read it</h2>
<p>${measured} D50 is the median: half of the particles are smaller; by volume, half of the volume is in smaller ones. D10 and D90 likewise.</p>
${hasIntervals(summary) ? intervals : null}<p>A particle is uncertain where the network doubts that it is one, or doubts its outline. Compare both columns: where they agree, the doubtful ones do not matter.</p>
</section>`;
}
