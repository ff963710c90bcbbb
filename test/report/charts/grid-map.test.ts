import { describe, expect, it } from 'vitest';
import { type GridMapData, gridMapChart } from '../../../src/report/charts/grid-map.ts';
import { palettes } from '../../../src/report/charts/palette.ts';
import { hasCleanEdge, pixelsOf } from './pictures.ts';

const map: GridMapData = {
  title: 'Mean diameter',
  unit: 'µm',
  rows: 2,
  columns: 3,
  tileAspect: 1.6,
  values: [
    { row: 0, column: 0, value: 4 },
    { row: 0, column: 1, value: 5 },
    { row: 1, column: 2, value: 6 },
  ],
  marked: [
    { row: 0, column: 2, mark: 'missing' },
    { row: 1, column: 0, mark: 'failed' },
    { row: 1, column: 1, mark: 'left-out' },
  ],
};

describe('the map of a grid', () => {
  it('colours the lowest and the highest tile with the ends of the ramp', async () => {
    const { svg } = await gridMapChart(map, 'light');
    const fills = [...svg.matchAll(/<path d="M[^"]*" fill="(rgb\([^"]*\)|#\w+)"/g)].map(([, fill]) => fill);
    for (const colour of [palettes.light.ramp[0]!, palettes.light.ramp[2]!, palettes.light.ramp[4]!]) {
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      expect(fills).toContain(`rgb(${r}, ${g}, ${b})`);
    }
  });

  it('marks tiles without a value by why they have none', async () => {
    const { svg, alt } = await gridMapChart(map, 'light');
    for (const text of ['missing', 'failed', 'left out', '×', '–']) expect(svg).toContain(`>${text}</text>`);
    expect(alt).toBe(
      'Mean diameter on the grid of 2 rows and 3 columns: 4.00 µm to 6.00 µm over 3 tiles, 1 missing, 1 failed, 1 left out.',
    );
  });

  it('fits a grid of 18 x 16 tiles and one of a single tile into the width of a phone', async () => {
    for (const [rows, columns] of [
      [18, 16],
      [1, 1],
    ] as const) {
      const values = Array.from({ length: rows * columns }, (_, i) => ({
        row: Math.floor(i / columns),
        column: i % columns,
        value: 3 + (i % 7),
      }));
      const chart = await gridMapChart({ ...map, rows, columns, values, marked: [] }, 'dark');
      expect(chart.widthPx).toBe(340);
      expect(hasCleanEdge(await pixelsOf(chart.png), palettes.dark.background)).toBe(true);
    }
  });

  it('says so where no tile has a value', async () => {
    const { alt } = await gridMapChart({ ...map, values: [] }, 'light');
    expect(alt).toContain('no tile has a value');
  });
});
