import { z } from 'zod';
import { imagingCauses } from '../../statistics/imaging-rules.ts';
import type { Uniformity } from '../../statistics/uniformity.ts';
import { count, quantity, quantityOrNull, type Same, share } from './quantity.ts';
import { tileSiteFields } from './tile.ts';

export const imagingSchema = z
  .strictObject({
    tiles: z
      .array(
        z.strictObject({
          ...tileSiteFields,
          causes: z.array(z.enum(imagingCauses)).readonly().describe('what is wrong with the image'),
          reason: z.string().describe('the same in words, with value and limit'),
        }),
      )
      .readonly()
      .describe('segmented tiles that are left out of the statistics'),
    edgeBlurMedianPx: quantityOrNull(
      'px',
      'focus: the median softness of edges of all segmented tiles, as the standard deviation of a Gaussian; null where none has edges enough; not in summaries of versions before',
    ).exactOptional(),
  })
  .meta({ title: 'Imaging' });

export const reimageSchema = z
  .strictObject({
    file: z
      .string()
      .nullable()
      .describe('name of the file that was not good enough; null for a missing tile'),
    row: tileSiteFields.row,
    column: tileSiteFields.column,
    stagePositionUm: z
      .strictObject({ x: quantity('um', 'to the right'), y: quantity('um', 'up') })
      .describe('where to go: the centre of the tile on the sample stage'),
    causes: z
      .array(z.enum([...imagingCauses, 'failed', 'missing']))
      .readonly()
      .describe('why; missing: no tile has come from there'),
  })
  .meta({ title: 'Place to image again' });

const moran = z
  .strictObject({
    moranI: quantity('1', "Moran's I: near 0 without a pattern, towards 1 where neighbours are alike"),
    expected: quantity('1', 'its expectation without a pattern, -1 / (n - 1)'),
    pValue: share('chance of an I as far from that without a pattern, two-sided'),
    tiles: count('tiles it rests on'),
  })
  .meta({ title: "Moran's I" });

export const uniformitySchema = z
  .strictObject({
    diameter: moran.nullable().describe("of the tiles' mean log diameters; null where it cannot be told"),
    count: moran.nullable().describe('of particles counted a tile; null where it cannot be told'),
    map: z
      .array(
        z.strictObject({
          row: count('row of the tile'),
          column: count('column of the tile'),
          count: count('particles of the tile'),
          diameterMeanUm: quantityOrNull('um', 'geometric mean diameter; null for a tile without particles'),
        }),
      )
      .readonly()
      .describe('one entry for each tile that has a place on the grid'),
  })
  .meta({ title: 'Uniformity' });

true satisfies Same<z.infer<typeof uniformitySchema>, Uniformity>;
