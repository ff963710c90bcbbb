import type { BorderStatistics } from '../../statistics/size-statistics.ts';
import { diameterNames } from '../diameter-names.ts';
import { counted, countText, figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { SampleSummary } from './sample-summary.ts';

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
  const { border, detectionLimit, resamples } = statistics;
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
    ['Particles at borders', borderText(border)],
    ['Seen twice', duplicateCount > 0 ? `${counted(duplicateCount, 'particle')}, counted once` : null],
    ['Intervals', `95 %, from ${counted(resamples, 'resample')} of whole tiles`],
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

function borderText({ method, cut, joined, diameterD50Shift: shift }: BorderStatistics): string {
  if (cut === 0) return 'none is cut by a border';
  const pieces = joined > 0 ? `, ${countText(joined)} joined` : '';
  const moved =
    shift === null || method === 'exclude'
      ? ''
      : ` This moves D50 by ${shift < 0 ? '−' : '+'}${percentText(Math.abs(shift))} against leaving them out.`;
  return `${counted(cut, 'particle')} cut by a border${pieces}: ${borderMethods[method]}.${moved}`;
}

/** A few words for a reader who sees such a report for the first time. */
export function howToRead({ statistics: { diameter = 'area' } }: SampleSummary): Html {
  const measured =
    diameter === 'area'
      ? 'A diameter is that of the circle with the particle’s projected area.'
      : `A diameter is the ${diameterNames[diameter].name}: the ${diameter === 'feretMax' ? 'greatest' : 'least'} distance of two parallel lines that touch the particle on either side. Volumes are those of a sphere of that diameter.`;
  return html`<section>
<h2>How to read it</h2>
<p>${measured} D50 is the median: half of the particles are smaller; by volume, half of the volume is in smaller ones. D10 and D90 likewise.</p>
<p>An interval says how far the figure may move if other tiles of the same sample had been imaged. It does not cover a wrong pixel size, particles that were missed, or how the sample was prepared.</p>
<p>A particle is uncertain where the network doubts that it is one, or where its outline lies. Compare both columns: where they agree, the doubtful ones do not matter.</p>
</section>`;
}
