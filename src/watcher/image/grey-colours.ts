import { UnusableFileError } from '../../errors.ts';

const OPAQUE = 255;

/**
 * The grey of 8-bit colours that are grey everywhere: a micrograph that another program saved as colours.
 *
 * @param samples red, green, blue and, with 4 channels, alpha of each pixel
 * @throws UnusableFileError `not-grey` naming the first pixel that has a colour or shows what lies behind it
 */
export function greyOfColours(samples: Uint8Array, channels: number, path: string): Uint8Array {
  const grey = new Uint8Array(samples.length / channels);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = pixel * channels;
    const red = samples[at]!;
    const isGrey = samples[at + 1] === red && samples[at + 2] === red;
    if (!isGrey || (channels === 4 && samples[at + 3] !== OPAQUE)) {
      const values = Array.from(samples.subarray(at, at + channels)).join(', ');
      throw new UnusableFileError(
        path,
        'not-grey',
        `has a pixel of the colours ${values} (number ${pixel}), expected equal red, green and blue, opaque; ` +
          'export it as grey, or exclude it by a pattern',
      );
    }
    grey[pixel] = red;
  }
  return grey;
}
