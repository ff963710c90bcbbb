import { figureDigits } from '../../statistics/numeric/figure-digits.ts';
import { diameterFields } from '../../statistics/published-diameter.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate, GroupStatistics } from '../../statistics/size-statistics.ts';
import {
  DIGITS_RULE,
  estimateValueText,
  type FigureUnit,
  intervalText,
  percentText,
} from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { SampleSummary } from './sample-summary.ts';
import { hasIntervals } from './verdict-text.ts';
import { volumeNote } from './warning-text.ts';

/** A figure of a group of particles. */
interface Figure {
  readonly name: string;
  /** What it is, in a few words. */
  readonly note?: string;
  readonly unit: FigureUnit;
  readonly of: (group: GroupStatistics) => Estimate | number | undefined;
  /** As in the list of figures under the detection limit, without the group; `sizes` is the published distribution. */
  readonly path?: string;
}

const byNumber: readonly Figure[] = [
  ...(['d10', 'd50', 'd90'] as const).map((name) => ({
    name: name.toUpperCase(),
    unit: 'µm' as const,
    of: (group: GroupStatistics) => sizesOf(group)?.[name],
    path: `sizes.${name}`,
  })),
  { name: 'D[1,0]', note: 'mean', unit: 'µm', of: (group) => sizesOf(group)?.mean },
  { name: 'Span', note: '(D90 − D10) / D50', unit: '', of: (group) => sizesOf(group)?.span },
  { name: 'D[2,0]', note: 'mean surface', unit: 'µm', of: (group) => group.diameterMeansUm?.quadratic },
  { name: 'Geometric mean', unit: 'µm', of: (group) => group.logNormal?.geometricMeanUm },
  {
    name: 'Geometric deviation',
    unit: '',
    of: (group) => group.logNormal?.geometricStandardDeviation,
  },
  { name: 'Mean area', unit: 'µm²', of: (group) => group.areaUm2?.mean },
];

const byVolume: readonly Figure[] = [
  ...(['d10', 'd50', 'd90'] as const).map((name) => ({
    name: name.toUpperCase(),
    unit: 'µm' as const,
    of: (group: GroupStatistics) => group.diameterByVolumeUm?.[name],
    path: `diameterByVolumeUm.${name}`,
  })),
  { name: 'Span', note: '(D90 − D10) / D50', unit: '', of: (group) => group.diameterByVolumeUm?.span },
  { name: 'D[4,3]', note: 'De Brouckere', unit: 'µm', of: (group) => group.diameterMeansUm?.deBrouckere },
  { name: 'D[3,2]', note: 'Sauter', unit: 'µm', of: (group) => group.diameterMeansUm?.sauter },
];

/** All figures, and how to read them; null where no particle was counted. */
export function figuresSection(summary: SampleSummary): Html | null {
  const { all, uncertain } = summary.statistics;
  if (all.count === 0) return null;
  const note = volumeNote(summary);
  const notes = [
    hasIntervals(summary) ? 'With 95 % intervals.' : '',
    uncertain.count > 0
      ? 'Certain only: without the particles whose outline the network doubts; the gap is what they can move.'
      : 'No particle is uncertain, so both columns are the same.',
    DIGITS_RULE,
  ];
  return html`<section>
<h2>All figures</h2>
${figureTable(summary)}
${note && html`<p>${note}</p>`}
<p class="faint">${notes.filter(Boolean).join(' ')}</p>
</section>`;
}

/** For all particles and for certain ones only, and the gap between the two. */
function figureTable({ statistics }: SampleSummary): Html {
  const { all, certain, detectionLimit, diameter = 'area' } = statistics;
  const sizesPath = `.${diameterFields[diameter]}.`;
  const below = new Set(detectionLimit?.figuresBelow.map((path) => path.replace(sizesPath, '.sizes.')));
  const row = ({ name, note, unit, of, path }: Figure): Html => {
    const mark = (group: string) => (path !== undefined && below.has(`${group}.${path}`) ? ' †' : '');
    return html`<tr>
<th scope="row">${name}${note === undefined ? null : html` <small>${note}</small>`}</th>
<td>${cell(of(all), unit)}${mark('all')}</td>
<td>${cell(of(certain), unit)}${mark('certain')}</td>
<td class="gap">${gap(of(all), of(certain))}</td>
</tr>`;
  };
  const part = (title: string, figures: readonly Figure[]): Html => html`<tbody>
<tr class="part"><th colspan="4" scope="rowgroup">${title}</th></tr>
${figures.map(row)}</tbody>`;
  return html`<table class="figures">
<thead><tr><th scope="col">Diameter</th><th scope="col">All particles</th>
<th scope="col">Certain only</th><th scope="col" class="gap">Gap</th></tr></thead>
${part('By number', byNumber)}
${part('By volume', byVolume)}
</table>`;
}

function cell(figure: Estimate | number | undefined, unit: FigureUnit): Html {
  if (figure === undefined) return html`–`;
  if (typeof figure === 'number') return html`${figureDigits(figure)}`;
  const interval = intervalText(figure);
  return html`${estimateValueText(figure, unit)}${interval === null ? null : html` <small>${interval}</small>`}`;
}

function gap(all: Estimate | number | undefined, certain: Estimate | number | undefined): string {
  const [one, other] = [plainValue(all), plainValue(certain)];
  return one === undefined || other === undefined || one === 0
    ? '–'
    : percentText(Math.abs(one - other) / one);
}

function plainValue(figure: Estimate | number | undefined): number | undefined {
  return typeof figure === 'object' ? figure.value : figure;
}
