import { z } from 'zod';
import { count, quantity, quantityOrNull, type Unit } from './quantity.ts';

/** A setting or property of the tiles, from the least to the greatest. */
function range(unit: Unit, what: string) {
  return z
    .strictObject({ min: quantity(unit, 'of the tile with the least'), max: quantity(unit, 'the greatest') })
    .meta({ title: `Range in ${unit}` })
    .nullable()
    .describe(`${what}; null where no file says`);
}

/** What the files name, as they write it. */
function wordOf(what: string) {
  return z
    .string()
    .nullable()
    .describe(`${what}; \`mixed: \` and all of them where tiles differ; null where no file says`);
}

/** How the counted tiles were imaged: what ISO 13322-1 asks a report of image analysis to say of it. */
export const acquisitionSchema = z
  .strictObject({
    microscope: z
      .strictObject({
        type: wordOf('type of the instrument'),
        serialNumber: wordOf('its serial number'),
        softwareVersion: wordOf('version of its software'),
      })
      .describe('the instrument, as its files name it'),
    tiles: count('tiles that this is of: those that the figures rest on'),
    magnification: range('1', 'displayed magnification: display width over field width'),
    magnificationSource: wordOf(
      '`file`, or `configured-display-width` where the file says no width of the display',
    ),
    fieldWidthUm: range('um', 'width of the field of view'),
    fieldHeightUm: range('um', 'height of the field of view, without a data bar'),
    imagedAreaMm2: quantity('mm2', 'area that the tiles show together, what several show counted once'),
    particlesPerMm2: quantityOrNull(
      '1/mm2',
      'particles over the imaged area, each with its weight at borders; null without a tile',
    ),
    acceleratingVoltageKv: range('kV', 'accelerating voltage, without its sign'),
    detector: wordOf('detector'),
    workingDistanceMm: range('mm', 'working distance'),
    dwellTimeNs: range('ns', 'time of the beam on a pixel, of one frame'),
    integrations: range('1', 'frames averaged'),
    spotSize: range('1', "spot size, as the instrument's own number"),
  })
  .meta({ title: 'Acquisition' });

export type Acquisition = z.infer<typeof acquisitionSchema>;
