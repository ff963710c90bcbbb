import { useEffect, useMemo, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { ParticleEntry, particleListSchema, runOutlinesSchema } from '../../api/particle.ts';
import type { RunDetail } from '../../api/run.ts';
import { ApiError, getJson, runPath } from '../shell/api.ts';
import { type Piece, type PiecesOfPlace, piecesByPlace, typicalSidePx } from './picture/pieces.ts';
import { type Layout, layoutOf } from './picture/places.ts';
import { pieceKey } from './picture/scene.ts';

type ParticleList = z.infer<typeof particleListSchema>;
type RunOutlines = z.infer<typeof runOutlinesSchema>;

/** At most so many particles come in one answer. */
const AT_ONCE = 20_000;

/** A run with all its particles and outlines at hand. */
export interface ExploredRun {
  readonly particles: readonly ParticleEntry[];
  readonly byNumber: ReadonlyMap<number, ParticleEntry>;
  /** Numbers of the particles by their pieces' keys. */
  readonly byPiece: ReadonlyMap<string, number>;
  readonly layout: Layout | null;
  readonly places: readonly PiecesOfPlace[];
  readonly pieces: ReadonlyMap<string, Piece>;
  readonly typicalPx: number;
}

export interface Exploring {
  /** Null until all of it is there. */
  readonly run: ExploredRun | null;
  readonly error: ApiError | null;
}

/** Reads particles and outlines of a run, and again with each revision. */
export function useExploredRun(detail: RunDetail): Exploring {
  const { sampleId, run, revision } = detail.entry;
  const [read, setRead] = useState<{ particles: readonly ParticleEntry[]; outlines: RunOutlines } | null>(
    null,
  );
  const [error, setError] = useState<ApiError | null>(null);
  const segmented = detail.entry.tiles.segmented;
  // What is read changes with the revision and the tiles.
  useEffect(() => {
    if (revision === 0) return; // nothing is counted before the first summary
    const given = new AbortController();
    Promise.all([
      allParticles(sampleId, run, '', given.signal),
      getJson<RunOutlines>(runPath(sampleId, run, 'outlines'), given.signal),
    ]).then(
      ([particles, outlines]) => {
        setRead({ particles, outlines });
        setError(null);
      },
      (fault: unknown) => {
        if (!given.signal.aborted)
          setError(fault instanceof ApiError ? fault : new ApiError(0, String(fault)));
      },
    );
    return () => given.abort();
  }, [sampleId, run, revision, segmented]);
  const explored = useMemo(() => read && explore(detail, read.particles, read.outlines), [detail, read]);
  return { run: explored, error };
}

/** All particles, or those that pass a filter, however many answers they take. */
async function allParticles(
  sampleId: string,
  run: string,
  filter: string,
  signal: AbortSignal,
): Promise<ParticleEntry[]> {
  const particles: ParticleEntry[] = [];
  for (;;) {
    const asked = new URLSearchParams({ limit: String(AT_ONCE), offset: String(particles.length) });
    if (filter !== '') asked.set('filter', filter);
    const path = `${runPath(sampleId, run, 'particles')}?${asked}`;
    const { particles: more, total } = await getJson<ParticleList>(path, signal);
    particles.push(...more);
    if (particles.length >= total || more.length === 0) return particles;
  }
}

export interface Matching {
  /** Null without a filter, and while its answer is awaited. */
  readonly numbers: ReadonlySet<number> | null;
  /** What is wrong with the filter, in words. */
  readonly fault: string;
}

/** Which particles pass the filter that the reader asked for. */
export function useMatching({ entry }: RunDetail, filter: string): Matching {
  const [matching, setMatching] = useState<Matching>({ numbers: null, fault: '' });
  const { sampleId, run, revision } = entry;
  // What passes changes with the revision.
  useEffect(() => {
    if (filter === '') return setMatching({ numbers: null, fault: '' });
    const given = new AbortController();
    allParticles(sampleId, run, filter, given.signal).then(
      (particles) => setMatching({ numbers: new Set(particles.map(({ number }) => number)), fault: '' }),
      (error: unknown) => {
        if (given.signal.aborted) return;
        setMatching({ numbers: null, fault: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => given.abort();
  }, [sampleId, run, revision, filter]);
  return matching;
}

function explore(
  detail: RunDetail,
  particles: readonly ParticleEntry[],
  { tiles }: RunOutlines,
): ExploredRun {
  const layout = layoutOf(detail);
  const places = layout ? piecesByPlace(tiles, layout) : [];
  const pieces = new Map<string, Piece>();
  for (const { place, pieces: ofPlace } of places) {
    for (const piece of ofPlace) pieces.set(pieceKey(place.tile.contentHash, piece.number), piece);
  }
  const byPiece = new Map<string, number>();
  for (const { number, pieces: parts } of particles) {
    for (const part of parts) byPiece.set(pieceKey(part.contentHash, part.number), number);
  }
  return {
    ...{ particles, byPiece, layout, places, pieces },
    byNumber: new Map(particles.map((one) => [one.number, one])),
    typicalPx: typicalSidePx(places),
  };
}
