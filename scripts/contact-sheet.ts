import sharp from 'sharp';
import { createRandom } from '../src/simulator/random.ts';
import { takePicture } from '../src/simulator/scene.ts';
import { drawScene, styleNames } from '../src/simulator/style/draw-scene.ts';

/** Draws docs/simulated.jpg: 24 tiles in the styles of the simulator, to be looked at beside real ones. */
const out = process.argv[2] ?? 'docs/simulated.jpg';
const seed = Number(process.argv[3] ?? 12);
const sizePx = { widthPx: 480, heightPx: 360 };
const shownWidth = 240;
const shownHeight = 180;
const columns = 6;

const tiles = await Promise.all(
  Array.from({ length: 24 }, async (_, at) => {
    const style = styleNames[at % styleNames.length]!;
    const random = createRandom(seed).fork(at);
    const { image } = takePicture(drawScene(style, random), sizePx, random.integer(0, 2 ** 31));
    const input = await sharp(image, {
      raw: { width: sizePx.widthPx, height: sizePx.heightPx, channels: 1 },
    })
      .resize(shownWidth, shownHeight)
      .png()
      .toBuffer();
    return { input, left: (at % columns) * shownWidth, top: Math.floor(at / columns) * shownHeight };
  }),
);
await sharp({
  create: {
    width: columns * shownWidth,
    height: (24 / columns) * shownHeight,
    channels: 3,
    background: '#000',
  },
})
  .composite(tiles)
  .toColourspace('b-w')
  .jpeg({ quality: 82 })
  .toFile(out);
