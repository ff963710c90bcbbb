import { z } from 'zod';
import type { Particle } from '../../measure/particle.ts';
import { quantity, type Same, share } from './quantity.ts';

export const particleSchema = z
  .strictObject({
    areaUm2: quantity('um2', 'projected area'),
    diameterEquivalentUm: quantity('um', 'diameter of the circle of equal area (ISO 9276-6: x_A)'),
    diameterFeretMinUm: quantity('um', 'least distance of two parallel tangents'),
    diameterFeretMaxUm: quantity('um', 'greatest distance of two parallel tangents'),
    perimeterUm: quantity('um', 'perimeter after Crofton, over four directions'),
    aspectRatio: share('minimum over maximum Feret diameter'),
    circularity: share('4 pi area / perimeter^2, capped at 1'),
    solidity: share('area over the area of the convex hull'),
    centroidStageUm: z
      .strictObject({
        x: quantity('um', 'to the right'),
        y: quantity('um', 'up'),
      })
      .nullable()
      .describe('centroid on the sample stage; null in a tile without a place there'),
    centroidPx: z
      .strictObject({
        x: quantity('px', 'column, from the left'),
        y: quantity('px', 'row, from the top'),
      })
      .describe('centroid in the tile'),
    boxPx: z
      .tuple([z.number(), z.number(), z.number(), z.number()])
      .readonly()
      .meta({ description: 'box in the tile: first column, first row, width, height', unit: 'px' }),
    touchesBorder: z.boolean().describe('reaches the border of the tile, so part of it may be missing'),
    cutsPx: z
      .array(
        z.strictObject({
          side: z.enum(['left', 'right', 'top', 'bottom']).describe('side of the tile'),
          fromPx: quantity('px', 'first pixel of the chord: a row along left and right, else a column'),
          toPx: quantity('px', 'last pixel of the chord'),
        }),
      )
      .readonly()
      .describe('where the border of the tile cuts it; empty when it does not touch the border'),
    objectness: share('how sure the network is that this is a particle'),
    confidence: share(
      'chance that a real particle is outlined so (IoU over 0.5); of a model without calibration, what its uncertainty head says',
    ),
    certain: z.boolean().describe('the verdict on the confidence: certain or uncertain'),
  })
  .meta({ title: 'Particle' });

true satisfies Same<z.infer<typeof particleSchema>, Particle>;
