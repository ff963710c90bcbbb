import type { KnownParticle } from './known-answer.ts';

/**
 * How far an answer may be from the known one (docs/decisions/0010-one-answer-on-every-processor.md): rounding alone
 * moves it by half of that at most, since tiles where it moves more are not taken.
 */
const CLOSE = { areaShare: 0.005, objectness: 0.01, confidence: 0.02, boxPx: 2 } as const;

export type Distances = Readonly<Record<keyof typeof CLOSE, number>>;

/** How an answer differs from the known one. */
export interface Deviation {
  readonly expected: number;
  readonly found: number;
  /** Known particles that nothing found lies on. */
  readonly missed: number;
  /** Those that are certain in one answer only. */
  readonly otherVerdicts: number;
  /** The farthest of those found in both. */
  readonly farthest: Distances;
}

const NEAREST: Distances = { areaShare: 0, objectness: 0, confidence: 0, boxPx: 0 };

export function deviationOf(expected: readonly KnownParticle[], found: readonly KnownParticle[]): Deviation {
  const left = new Set(found);
  let farthest = NEAREST;
  let missed = 0;
  let otherVerdicts = 0;
  for (const known of expected) {
    const match = nearest(known, left);
    if (!match) {
      missed++;
      continue;
    }
    left.delete(match);
    if (match.certain !== known.certain) otherVerdicts++;
    farthest = fartherOf(farthest, distancesOf(known, match));
  }
  return { expected: expected.length, found: found.length, missed, otherVerdicts, farthest };
}

/** @param part of the distances allowed */
export function isClose({ expected, found, missed, otherVerdicts, farthest }: Deviation, part = 1): boolean {
  return (
    found === expected &&
    missed === 0 &&
    otherVerdicts === 0 &&
    keysOf(CLOSE).every((key) => farthest[key] <= part * CLOSE[key])
  );
}

/** For people: the figures, each with what is allowed. */
export function deviationText({ expected, found, missed, otherVerdicts, farthest }: Deviation): string {
  const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
  const short = (value: number) => Number(value.toPrecision(2));
  return [
    `${found} particles of ${expected}`,
    ...(missed > 0 ? [`${missed} not found`] : []),
    ...(otherVerdicts > 0 ? [`${otherVerdicts} certain in one answer only`] : []),
    `areas within ${percent(farthest.areaShare)} (at most ${percent(CLOSE.areaShare)})`,
    `scores within ${short(farthest.objectness)} (${CLOSE.objectness})`,
    `confidences within ${short(farthest.confidence)} (${CLOSE.confidence})`,
    `boxes within ${short(farthest.boxPx)} px (${CLOSE.boxPx})`,
  ].join(', ');
}

/** The one whose box overlaps most, if by half at least. */
function nearest(known: KnownParticle, candidates: Iterable<KnownParticle>): KnownParticle | undefined {
  let best: KnownParticle | undefined;
  let most = 0.5;
  for (const candidate of candidates) {
    const overlap = boxIou(known.box, candidate.box);
    if (overlap >= most) [best, most] = [candidate, overlap];
  }
  return best;
}

function boxIou([ax, ay, aw, ah]: KnownParticle['box'], [bx, by, bw, bh]: KnownParticle['box']): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  const both = Math.max(0, width) * Math.max(0, height);
  return both / (aw * ah + bw * bh - both);
}

function distancesOf(known: KnownParticle, found: KnownParticle): Distances {
  return {
    areaShare: Math.abs(found.areaPx / known.areaPx - 1),
    objectness: Math.abs(found.objectness - known.objectness),
    confidence: Math.abs(found.confidence - known.confidence),
    boxPx: Math.max(...edges(known.box).map((edge, i) => Math.abs(edge - edges(found.box)[i]!))),
  };
}

function edges([x, y, width, height]: KnownParticle['box']): number[] {
  return [x, y, x + width, y + height];
}

function fartherOf(a: Distances, b: Distances): Distances {
  return {
    areaShare: Math.max(a.areaShare, b.areaShare),
    objectness: Math.max(a.objectness, b.objectness),
    confidence: Math.max(a.confidence, b.confidence),
    boxPx: Math.max(a.boxPx, b.boxPx),
  };
}

function keysOf<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record) as (keyof T)[];
}
