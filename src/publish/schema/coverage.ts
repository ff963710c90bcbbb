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
  .enum(['filling', 'complete', 'stalled', 'finalised'])
  .describe(
    'filling: tiles still arrive; complete: all expected are there; finalised: ended on request before that, so that what was left out was not wanted; stalled: silence before that',
  );

export const finalisedSchema = z
  .strictObject({
    at: z.iso.datetime().describe('when the request came, ISO 8601 in UTC'),
    by: z.string().nullable().describe('who asked, as the request said; null where it did not'),
    reason: z.string().nullable().describe('why, as the request said; null where it did not'),
  })
  .meta({ title: 'Finalised' });

true satisfies Same<z.infer<typeof coverageSchema>, Coverage>;
true satisfies Same<z.infer<typeof runStateSchema>, RunState>;
