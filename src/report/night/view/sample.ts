import { diameterFields } from '../../../statistics/published-diameter.ts';
import { sizesOf } from '../../../statistics/published-sizes.ts';
import { shapeMeasures } from '../../../statistics/shape-measures.ts';
import type { Estimate } from '../../../statistics/size-statistics.ts';
import {
  counted,
  estimateText,
  estimateValueText,
  figureText,
  intervalText,
  percentText,
} from '../../figure-text.ts';
import { acquisitionLine } from '../../sample/acquisition-text.ts';
import { diameterText, filterText, unfilteredText } from '../../sample/filter-text.ts';
import { noteTexts } from '../../sample/note-texts.ts';
import { reviewText } from '../../sample/review-text.ts';
import type { SampleSummary } from '../../sample/sample-summary.ts';
import { hasIntervals, sentence, tilesSeen } from '../../sample/verdict-text.ts';
import { volumeNote } from '../../sample/warning-text.ts';
import { shapeNames } from '../../shape-names.ts';
import type { Change } from '../change.ts';
import type { NightSample } from '../model.ts';
import { shortMoment } from './local-text.ts';
import { tileSentences } from './tiles.ts';

/** One figure as people read it. */
export interface FigureView {
  readonly name: 'D10' | 'D50' | 'D90';
  /** In um. */
  readonly value: string;
  /** `4.7 to 5.1`; null where it is not known. */
  readonly interval: string | null;
  /** Smaller than what the magnification shows: it tells of the eyes, not of the powder. */
  readonly isBelowLimit: boolean;
}

export interface FiguresView {
  readonly title: string;
  readonly figures: readonly FigureView[];
}

/** A sample in words and figures, for plain text and HTML alike. */
export interface SampleView {
  readonly name: string;
  readonly badge: string;
  readonly standing: NightSample['standing'];
  /** `24 of 24 tiles, 725 particles, 12 % uncertain; finished 23 Nov, 05:12` */
  readonly facts: string;
  /** Of all particles by number, of certain ones, of all by volume; empty without particles. */
  readonly figures: readonly FiguresView[];
  /** What is to be known of the figures: marks, what volumes ask for, that there are no intervals. */
  readonly figureNotes: readonly string[];
  /** Which diameter and which particles; null where both are the usual ones. */
  readonly counted: string | null;
  /** What the picture of the distribution shows; null without particles. */
  readonly distribution: string | null;
  /** Medians of shape; null where no particle was seen whole. */
  readonly shape: string | null;
  readonly decision: string | null;
  readonly change: string;
  readonly spread: string | null;
  readonly attention: readonly string[];
  /** Tiles missing, failed or left out. */
  readonly tiles: readonly string[];
  /** How it was imaged, in a line; null where no tile counts. */
  readonly imaged: string | null;
  readonly operator: string | null;
  /** What somebody said of the sample, in their words. */
  readonly remark: string | null;
  readonly notes: readonly string[];
}

/** Warnings that stand below the figures, and one that stands among what needs a look. */
const saidElsewhere: readonly string[] = [
  'too-few-particles',
  'below-detection-limit',
  'every-tile-left-out',
];

const verdictWords = {
  accept: 'accepted',
  reject: 'rejected',
  'more-tiles': 'more tiles',
  reimage: 'image again',
} as const;

export function sampleView(sample: NightSample, timeZone: string): SampleView {
  const { summary, name, standing, attention } = sample;
  const { statistics, decision } = summary;
  return {
    name,
    badge: decision ? verdictWords[decision.verdict] : standing === 'look' ? 'needs a look' : 'measured',
    standing,
    facts: factsOf(sample, timeZone),
    figures: figuresOf(summary),
    figureNotes: [volumeNote(summary), limitNoteOf(summary), intervalNoteOf(summary)].filter(
      (note) => note !== null,
    ),
    counted: countedText(summary),
    distribution: distributionText(summary),
    shape: shapeText(summary),
    decision: decision && sentence(decision.reason),
    change: changeText(sample.change, timeZone),
    spread: statistics.uncertain.count === 0 ? null : spreadText(statistics.uncertaintySpread),
    attention: attention.map(sentence),
    tiles: tileSentences(summary),
    imaged: acquisitionLine(summary),
    operator: summary.operator,
    remark: summary.note,
    notes: [
      ...statistics.warnings
        .filter(({ code }) => !saidElsewhere.includes(code))
        .map(({ message }) => sentence(message)),
      ...noteTexts(summary),
      ...(sample.revises ? [`Supersedes the result of ${shortMoment(sample.revises, timeZone)}.`] : []),
    ],
  };
}

function factsOf({ summary, finishedAt }: NightSample, timeZone: string): string {
  const { statistics, coverage } = summary;
  const { all, uncertain } = statistics;
  const share = all.count === 0 ? '' : `, ${percentText(uncertain.count / all.count)} uncertain`;
  const tiles = tilesSeen(statistics.tiles, coverage.tilesExpected);
  return `${tiles}, ${counted(all.count, 'particle')}${share}; ${shortMoment(finishedAt, timeZone)}`;
}

function figuresOf({ statistics }: SampleSummary): FiguresView[] {
  const below = new Set(statistics.detectionLimit?.figuresBelow);
  const field = diameterFields[statistics.diameter ?? 'area'];
  const rows = [
    ['all, by number', `all.${field}`, sizesOf(statistics.all)],
    ['certain, by number', `certain.${field}`, sizesOf(statistics.certain)],
    ['all, by volume', 'all.diameterByVolumeUm', statistics.all.diameterByVolumeUm],
  ] as const;
  return rows.flatMap(([title, path, sizes]) => {
    if (sizes === null) return [];
    const figures = (['d10', 'd50', 'd90'] as const).map((name) =>
      figureView(name, sizes[name], below.has(`${path}.${name}`)),
    );
    return [{ title, figures }];
  });
}

function figureView(name: 'd10' | 'd50' | 'd90', estimate: Estimate, isBelowLimit: boolean): FigureView {
  const names = { d10: 'D10', d50: 'D50', d90: 'D90' } as const;
  return {
    ...{ name: names[name], value: estimateValueText(estimate), interval: intervalText(estimate) },
    isBelowLimit,
  };
}

function limitNoteOf({ statistics: { detectionLimit: limit } }: SampleSummary): string | null {
  if (limit === null || limit.figuresBelow.length === 0) return null;
  return `* under ${figureText(limit.diameterUm, 'µm')}, where at most ${percentText(limit.recall)} of the particles are found.`;
}

/** Cells without an interval need not say so one by one. */
function intervalNoteOf(summary: SampleSummary): string | null {
  const { all, tiles } = summary.statistics;
  if (all.count === 0 || hasIntervals(summary)) return null;
  return `No intervals: ${tiles === 1 ? 'one tile tells' : 'so few tiles with particles tell'} none.`;
}

/** Diameter, filter and review, and the figures without them; null where all is as usual. */
function countedText(summary: SampleSummary): string | null {
  const texts = [diameterText, filterText, unfilteredText, reviewText].map((textOf) => textOf(summary));
  return texts.filter(Boolean).join(' ') || null;
}

function distributionText({ statistics }: SampleSummary): string | null {
  const sizes = sizesOf(statistics.all);
  if (sizes === null) return null;
  return `Particles by size, from ${figureText(sizes.smallest, 'µm')} to ${figureText(sizes.largest, 'µm')}; the line marks D50.`;
}

function shapeText({ statistics: { shape } }: SampleSummary): string | null {
  const medians = shapeMeasures.flatMap((measure) => {
    const median = shape?.all[measure]?.d50;
    const { name, unit } = shapeNames[measure];
    return median ? [`${name} ${estimateText(median, unit)}`] : [];
  });
  return medians.length === 0 ? null : `Medians: ${medians.join('; ')}.`;
}

function changeText(change: Change | null, timeZone: string): string {
  if (change === null) return 'First measurement of this sample.';
  const { since, before, relative, intervalsOverlap, countedOtherwise } = change;
  const sign = relative < 0 ? '−' : '+';
  const was = `D50 ${sign}${percentText(Math.abs(relative))} since ${shortMoment(since, timeZone)}, when it was ${estimateText(before, 'µm')}`;
  if (countedOtherwise !== null)
    return `${was}; but other particles or another diameter counted then (${countedOtherwise}).`;
  if (intervalsOverlap === null) return `${was}.`;
  return intervalsOverlap
    ? `${was}; the intervals overlap, so it may be chance.`
    : `${was}; the intervals do not overlap: it has changed.`;
}

function spreadText(spread: SampleSummary['statistics']['uncertaintySpread']): string | null {
  if (spread === null) return null;
  return `Without the uncertain particles D50 moves by ${percentText(spread.diameterD50)}, D90 by ${percentText(spread.diameterD90)}.`;
}
