import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { filterQuantities, filterText, readFilter } from '../../src/config/particle-filter.ts';
import { particleColumns } from '../../src/report/tables/particle-columns.ts';

describe('the filter of particles', () => {
  it('reads comparisons joined by and, whatever the spaces', () => {
    expect(readFilter('circularity>=0.8  and areaUm2 < 1e3 and confidence > .5')).toEqual([
      { quantity: 'circularity', operator: '>=', limit: 0.8 },
      { quantity: 'areaUm2', operator: '<', limit: 1000 },
      { quantity: 'confidence', operator: '>', limit: 0.5 },
    ]);
  });

  it('is always written in the same letters', () => {
    const text = filterText(readFilter(' solidity<=0.90\tand  diameterFeretMaxUm >2.0'));
    expect(text).toBe('solidity <= 0.9 and diameterFeretMaxUm > 2');
    expect(filterText(readFilter(text))).toBe(text);
  });

  it('knows columns of the table of particles by their names, all of them numbers', () => {
    const numbers = particleColumns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
    expect(numbers).toEqual(expect.arrayContaining([...filterQuantities]));
  });

  const all = filterQuantities.join(', ');
  it.each([
    ['', `at character 1 stands the end, expected one of ${all}`],
    [
      'circularty >= 0.8',
      `at character 1 stands "circularty", expected one of ${all}; did you mean circularity?`,
    ],
    ['areaUm2 = 1', 'at character 9 stands "=", expected <, <=, >, >='],
    ['areaUm2 > ', 'at character 11 stands the end, expected a number such as 0.8'],
    ['areaUm2 > -1', 'at character 11 stands "-", expected a number such as 0.8'],
    ['areaUm2 > 1,5', 'at character 12 stands ",", expected `and` or the end'],
    ['areaUm2 > 1 or solidity > 0.5', 'at character 13 stands "or", expected `and` or the end'],
    ['areaUm2 > 1 and', `at character 16 stands the end, expected one of ${all}`],
    ['circularity >= 80', 'at character 16 stands "80", expected at most 1, as circularity is'],
    ['1 < areaUm2', `at character 1 stands "1", expected one of ${all}`],
    [`areaUm2 > ${'1'.repeat(500)}`, 'has 510 characters, at most 500 are read'],
  ])('refuses %j, saying where, what stands there and what may', (text, fault) => {
    expect(() => readFilter(text)).toThrow(expect.objectContaining({ message: fault }));
  });

  it('is a setting, whose fault names the key, the text and the place', () => {
    const { statistics } = loadConfig(null, { PARTICLED_STATISTICS_FILTER: 'circularity >= 0.8' });
    expect(statistics.filter).toBe('circularity >= 0.8');
    expect(() => loadConfig(null, {}, { statistics: { filter: 'area > 1' } })).toThrow(
      'statistics.filter: "area > 1" is refused: at character 1 stands "area", expected one of',
    );
  });
});
