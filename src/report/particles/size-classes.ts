import { figureText } from '../figure-text.ts';
import type { CountedParticle } from '../tables/counted-run.ts';
import type { ShownRun } from './shown-run.ts';

/** A class of the histogram by number, and who is in it. */
export interface SizeClass {
  readonly fromUm: number;
  readonly toUm: number;
  /** Of all particles, each by its weight. */
  readonly share: number;
  /** By size, the smallest first. */
  readonly particles: readonly CountedParticle[];
  /** Name of its page in the folder `classes`; the same in every revision. */
  readonly page: string;
}

/** The classes of the summary's histogram with their particles; none without particles. */
export function sizeClasses({ summary, counting: particles }: ShownRun): SizeClass[] {
  const histogram = summary.statistics.all.diameterEquivalentUm?.histogram;
  if (!histogram) return [];
  const { edges, shares } = histogram;
  let from = 0;
  return shares.map((share, at) => {
    const [fromUm, toUm] = [edges[at]!, edges[at + 1]!];
    let to = from;
    const isLast = at === shares.length - 1;
    while (to < particles.length && (isLast || particles[to]!.diameterUm < toUm)) to++;
    const members = particles.slice(from, to);
    from = to;
    return { fromUm, toUm, share, particles: members, page: `from-${Number(fromUm.toPrecision(4))}-um.html` };
  });
}

/** `1.33 to 1.54 µm` */
export function classText({ fromUm, toUm }: Pick<SizeClass, 'fromUm' | 'toUm'>): string {
  return `${figureText(fromUm)} to ${figureText(toUm, 'µm')}`;
}
