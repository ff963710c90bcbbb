import { SAMPLE_TILES, SCANNED_TILE_S } from './arrivals.ts';
import { meanServiceS, TILE_BYTES } from './scenarios.ts';
import type { QueueCosts } from './site.ts';

/** Of a microscope that images sample after sample, ten minutes between them. */
const TILES_PER_S = SAMPLE_TILES / (SAMPLE_TILES * SCANNED_TILE_S + 600);
const CONNECTIONS_OF_DAEMON = 3;
const CLIENTS_MOST = 10_000;

/** How many such microscopes each part carries when it does nothing else. */
export function limits(costs: Required<QueueCosts>, workers: number, bytesPerS: number): [string, number][] {
  const { redisTileS, redisListenerS, redisByteS, answerBytes, listenerBytes } = costs;
  const ownBytes = TILE_BYTES + answerBytes;
  return [
    [`${workers} workers`, workers / meanServiceS() / TILES_PER_S],
    ["Redis's thread", mostWith(redisTileS + 2 * redisByteS * ownBytes, redisListenerS)],
    [
      'the same, if each daemon heard of its own tiles alone',
      mostWith(redisTileS + redisListenerS + 2 * redisByteS * ownBytes, 0),
    ],
    ['the network out of Redis', mostWith(ownBytes / bytesPerS, listenerBytes / bytesPerS)],
    ['connections, 3 of a daemon, 10,000 by default', CLIENTS_MOST / CONNECTIONS_OF_DAEMON],
  ];
}

/** So many that each of them gives TILES_PER_S tiles, each of which takes `tileS`, and `eachS` for every one of them. */
function mostWith(tileS: number, eachS: number): number {
  // M r (t + M e) = 1
  const linear = TILES_PER_S * tileS;
  const square = TILES_PER_S * eachS;
  return square === 0 ? 1 / linear : (Math.sqrt(linear ** 2 + 4 * square) - linear) / (2 * square);
}
