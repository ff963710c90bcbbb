import { z } from 'zod';
import type { Coverage, RunState } from '../../grid/coverage.ts';
import { count, type Same } from './quantity.ts';

const siteSchema = z.strictObject({
  row: count('row; 0 is the highest stage y'),
  column: count('column; 0 is the lowest stage x'),
});

export const coverageSchema = z
  .strictObject({
    rows: count('rows of the lattice fitted to the tiles'),
    columns: count('columns of the fitted lattice'),
    tilesPresent: count('tiles that have arrived'),
    tilesExpected: count(
      'tiles of a complete grid: the configured number, or rows x columns where that is more',
    ),
    missing: z.array(siteSchema).readonly().describe('places within the lattice that no tile fills'),
    tilesUnseen: count('expected tiles beyond the lattice, whose places are not known yet'),
  })
  .meta({ title: 'Coverage' });

export const runStateSchema = z
  .enum(['filling', 'complete', 'stalled'])
  .describe('filling: tiles still arrive; complete: all expected are there; stalled: silence before that');

true satisfies Same<z.infer<typeof coverageSchema>, Coverage>;
true satisfies Same<z.infer<typeof runStateSchema>, RunState>;
