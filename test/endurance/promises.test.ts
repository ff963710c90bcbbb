import { describe, expect, it } from 'vitest';
import { messageExamples } from '../../src/publish/schema/message-examples.ts';
import type { Entry } from './ledger.ts';
import { brokenPromises, type SampleTruth } from './promises.ts';

const { tile: tileExample, summary: summaryExample } = messageExamples;
const sample = { id: 'powder', label: 'powder' };
const truth: SampleTruth = { label: 'powder', tiles: 2, unusable: [], missing: 0 };

function tile(sequence: number, hash: string, particles: number): Entry {
  const counts = { all: particles, certain: particles, uncertain: 0, border: 0 };
  const message = {
    ...tileExample,
    ...{ sequence, sample, run: 'r', counts, tile: { ...tileExample.tile, contentHash: hash } },
  };
  return { topic: 'particled/test/sample/powder/run/r/tile', payload: JSON.stringify(message), sequence };
}

function summary(sequence: number, revision: number, tiles: number, particles: number): Entry {
  const { statistics, coverage, imaging } = summaryExample;
  const { border, all } = statistics;
  const message = {
    ...summaryExample,
    ...{
      sequence,
      sample,
      run: 'r',
      revision,
      final: true,
      state: 'complete',
      failedTiles: [],
      duplicateCount: 0,
    },
    statistics: { ...statistics, tiles, all: { ...all, count: particles }, border: { ...border, cut: 0 } },
    coverage: { ...coverage, missing: [], tilesUnseen: 0 },
    imaging: { ...imaging, tiles: [] },
  };
  return { topic: 'particled/test/sample/powder/run/r/summary', payload: JSON.stringify(message), sequence };
}

const kept = [tile(1, 'a', 5), summary(2, 1, 1, 5), tile(3, 'b', 7), summary(4, 2, 2, 12)];

describe('the three promises', () => {
  it('hold where each tile is counted once, and where a message comes twice', () => {
    expect(brokenPromises([...kept, kept[2]!], [truth])).toEqual([]);
  });

  it.each<[string, Entry[], string]>([
    ['a number is left out', kept.filter(({ sequence }) => sequence !== 1), 'sequence 1 of 4 never came'],
    ['a number has two contents', [...kept, tile(3, 'b', 8)], 'sequence 3 came with two contents'],
    ['a tile has two results', [...kept, tile(5, 'b', 7)], 'tile b has 2 results'],
    ['a revision counts a tile twice', [...kept, summary(5, 3, 3, 19)], 'powder/r revision 3 counts 3 tiles'],
    [
      'a revision loses a particle',
      [...kept, summary(5, 3, 2, 11)],
      'powder/r revision 3 counts 11 particles',
    ],
    ['a revision is left out', [...kept, summary(5, 4, 2, 12)], 'powder/r: revision 4 follows 2'],
    ['a revision says two things', [...kept, summary(5, 2, 1, 5)], 'powder/r: revision 2 says two things'],
    ['a tile never comes', kept.slice(0, 2), 'powder: announced is 1, expected 2'],
  ])('are broken where %s', (_, entries, fault) => {
    expect(brokenPromises(entries, [truth]).join('\n')).toContain(fault);
  });

  it('are broken where an unusable file is not told of', () => {
    const faults = brokenPromises(kept, [{ ...truth, unusable: ['dark.tiff'] }]);
    expect(faults.join('\n')).toContain('powder: dark.tiff was set aside 0 times');
  });
});
