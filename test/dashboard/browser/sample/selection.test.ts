import { describe, expect, it } from 'vitest';
import {
  COMPARED_MAX,
  comparedRun,
  nothingSelected,
  type Selection,
  searchOf,
  selectionOf,
} from '../../../../src/dashboard/browser/sample/selection.ts';

const hash = 'a1'.repeat(32);

describe('the selection in an address', () => {
  it('comes back as it was written', () => {
    const chosen: Selection = {
      particle: 17,
      tile: hash,
      show: 'uncertain',
      fromUm: 1.25,
      toUm: 6.5,
      filter: 'circularity >= 0.8 and areaUm2 > 1',
      compare: ['other-sample/r1', 'this-sample/r2@3'],
      view: { x: 0.5, y: 0.25, zoom: 4 },
    };
    expect(selectionOf(searchOf(chosen))).toEqual(chosen);
  });

  it('is nothing in an address without parameters, and the other way round', () => {
    expect(selectionOf('')).toEqual(nothingSelected);
    expect(searchOf(nothingSelected)).toBe('');
  });

  it('is as short as what is chosen', () => {
    expect(searchOf({ ...nothingSelected, particle: 3 })).toBe('?particle=3');
  });

  it.each([
    ['a particle that is no number', '?particle=x'],
    ['a particle below zero', '?particle=-1'],
    ['a tile that is no hash', '?tile=../../etc/passwd'],
    ['a show that there is not', '?show=some'],
    ['sizes that are none', '?from=-3&to=abc'],
    ['a run that is none', '?compare=nothing&compare=a/b/c&compare=a/b@0'],
    ['a view outside the grid', '?view=2,0,1'],
    ['a view of too few numbers', '?view=0.5,0.5'],
    ['a view without a number', '?view=0.5,,1'],
  ])('takes %s for nothing', (_, search) => {
    expect(selectionOf(search)).toEqual(nothingSelected);
  });

  it('turns a range that was written the wrong way round', () => {
    expect(selectionOf('?from=9&to=2')).toMatchObject({ fromUm: 2, toUm: 9 });
  });

  it('compares with each run once, and with no more than can be told apart', () => {
    const many = Array.from({ length: COMPARED_MAX + 2 }, (_, i) => `compare=s/r${i}`);
    const { compare } = selectionOf(`?compare=s/r0&${many.join('&')}`);
    expect(compare).toEqual(Array.from({ length: COMPARED_MAX }, (_, i) => `s/r${i}`));
  });
});

describe('a compared run', () => {
  it('is the latest revision where none is named', () => {
    expect(comparedRun('sample/run')).toEqual({ sampleId: 'sample', run: 'run', revision: null });
    expect(comparedRun('sample/run@12')).toEqual({ sampleId: 'sample', run: 'run', revision: 12 });
  });
});
