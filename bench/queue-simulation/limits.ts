import { SAMPLE_TILES, SCANNED_TILE_S } from './arrivals.ts';
import { meanServiceS, TILE_BYTES } from './scenarios.ts';
import type { QueueCosts } from './site.ts';

/** Of a microscope that images sample after sample, ten minutes between them. */
const TILES_PER_S = SAMPLE_TILES / (SAMPLE_TILES * SCANNED_TILE_S + 600);
const CONNECTIONS_OF_DAEMON = 2;
const CLIENTS_MOST = 10_000;

/** How many such microscopes each part carries when it does nothing else. */
export function limits(costs: Required<QueueCosts>, workers: number, bytesPerS: number): [string, number][] {
  const { redisTileS, redisByteS, answerBytes } = costs;
  const ownBytes = TILE_BYTES + answerBytes;
  return [
    [`${workers} workers`, workers / meanServiceS() / TILES_PER_S],
    ["Redis's thread", 1 / (redisTileS + 2 * redisByteS * ownBytes) / TILES_PER_S],
    ['the network out of Redis', bytesPerS / ownBytes / TILES_PER_S],
    ['connections, 2 of a daemon, 10,000 by default', CLIENTS_MOST / CONNECTIONS_OF_DAEMON],
  ];
}
