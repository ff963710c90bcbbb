import type { TilePieces } from '../../api/particle.ts';
import { getJson } from '../shell/api.ts';

/** A grid of hundreds asks for a few at a time, so that the daemon's page has room for others. */
const AT_ONCE = 4;
const KEPT = 600;

const kept = new Map<string, Promise<TilePieces | null>>();
const waiting: (() => void)[] = [];
let underWay = 0;

/**
 * The pieces of a tile as they count, with their outlines; asked for once, the last asked first, so that a new tile shows at once.
 * Null where they cannot be had; then they are asked for again the next time.
 * @param version of the tile's result: with another one they are asked for again.
 */
export function piecesOf(contentHash: string, version: string): Promise<TilePieces | null> {
  const key = `${contentHash} ${version}`;
  const known = kept.get(key);
  if (known) return known;
  const asked = turn()
    .then(() => getJson<TilePieces>(`tiles/${contentHash}/pieces?as=counted`))
    .catch(() => {
      kept.delete(key);
      return null;
    })
    .finally(next);
  kept.set(key, asked);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return asked;
}

function turn(): Promise<void> {
  if (underWay < AT_ONCE) {
    underWay += 1;
    return Promise.resolve();
  }
  return new Promise((resolve) => waiting.push(resolve));
}

function next(): void {
  const following = waiting.pop();
  if (following) following();
  else underWay -= 1;
}
