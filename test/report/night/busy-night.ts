import type { NightFacts } from '../../../src/report/night/model.ts';
import { factsOf, runOf, summaryOf } from './nights.ts';

const { sufficiency } = summaryOf({ label: 'any' });
const target = { d50Um: { min: 4.5, max: 5.5 }, probability: 0.95 };

/** A busy night: one rejected, two to be looked at, one in order; and 26 samples of the weeks before. */
export function busyNight(): NightFacts {
  const earlier = Array.from({ length: 26 }, (_, i) =>
    runOf({
      label: `NMC ${i}`,
      uncertain: 95 + ((i * 7) % 19),
      at: new Date(Date.parse('2026-10-28T20:00Z') + i * 86_400_000).toISOString(),
    }),
  );
  const tile = { contentHash: 'a'.repeat(64), row: 1, column: 5 };
  const accepted = runOf({
    label: 'LiCoO2 950 °C',
    d50: 4.88,
    at: '2026-11-22T20:12:00.000Z',
    change: {
      ...{ operator: 'Ada <Lovelace>', note: 'calcined at 950 °C for 12 h, second furnace' },
      decision: {
        ...{ verdict: 'accept', probability: 0.991, target, moreTiles: null },
        reason:
          'the D50 of 4.88 um lies between 4.5 and 5.5 um with a probability of 0.991; 0.95 is required',
      },
    },
  });
  const rejected = runOf({
    label: 'LiCoO2 900 °C <batch 7>',
    d50: 3.61,
    at: '2026-11-22T23:40:00.000Z',
    change: {
      decision: {
        ...{ verdict: 'reject', probability: 0.002, target, moreTiles: null },
        reason:
          'the D50 of 3.61 um lies between 4.5 and 5.5 um with a probability of 0.002; 0.95 is required',
      },
    },
  });
  const incomplete = runOf({
    label: 'NMC-811 cathode, second calcination, sieved < 38 µm',
    d50: 7.2,
    at: '2026-11-23T01:05:00.000Z',
    uncertain: 214,
    change: {
      state: 'stalled',
      coverage: {
        ...{ rows: 3, columns: 8, tilesPresent: 21, tilesExpected: 24, tilesUnseen: 0 },
        missing: [
          { row: 2, column: 5 },
          { row: 2, column: 6 },
          { row: 2, column: 7 },
        ],
      },
      failedTiles: [
        { ...tile, file: 'NMC_r1_c5.tiff', reason: 'the segmenter ended twice while it worked on this tile' },
      ],
      imaging: {
        tiles: [
          {
            ...{ ...tile, row: 0, column: 2, file: 'NMC_r0_c2.tiff', causes: ['blurred'] as const },
            reason: 'edges are 4.1 px wide, its neighbours 1.8 px',
          },
        ],
      },
    },
  });
  const undecided = runOf({
    label: 'LFP trial',
    d50: 1.05,
    count: 310,
    uncertain: 33,
    at: '2026-11-23T03:30:00.000Z',
    change: {
      sufficiency: { ...sufficiency, sufficient: false, tilesNeeded: 12 },
    },
  });
  const statistics = {
    ...undecided.summary.statistics,
    detectionLimit: {
      diameterUm: 0.93,
      recall: 0.5,
      figuresBelow: ['all.diameterEquivalentUm.d10', 'certain.diameterEquivalentUm.d10'],
    },
    warnings: [
      {
        code: 'too-few-particles' as const,
        message:
          '310 particles were counted; at a geometric standard deviation of 1.72, ISO 13322-1 asks for 1,520 for means by volume (5 % error, 95 % confidence)',
      },
    ],
  };
  const few = { ...undecided, summary: { ...undecided.summary, statistics } };
  const before = runOf({ label: 'LiCoO2 950 °C', d50: 4.7, at: '2026-11-20T21:10:00.000Z' });
  const beforeRejected = runOf({
    label: 'LiCoO2 900 °C <batch 7>',
    d50: 4.9,
    at: '2026-11-19T21:10:00.000Z',
  });
  return factsOf([[accepted, before], [rejected, beforeRejected], incomplete, few], {
    recent: [...earlier, accepted, rejected, incomplete, few],
  });
}
