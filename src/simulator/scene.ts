import type { RenderWindow } from './canvas.ts';
import type { Imaging } from './imaging/imaging.ts';
import { layPowder, type Material } from './powder/powder.ts';
import { diameterLargestUm, type SizeDistribution } from './powder/size-distribution.ts';
import type { TapeLook } from './powder/tape.ts';
import { type RenderedWindow, renderWindow } from './render.ts';

/** A powder on its tape under one microscope's settings: all that a single picture needs. */
export interface Scene {
  readonly pixelSizeUm: number;
  readonly sizeDistribution: SizeDistribution;
  /** The particles' summed area over the picture's. */
  readonly coverage: number;
  readonly material: Material;
  readonly tape: TapeLook;
  readonly imaging: Omit<Imaging, 'seed'>;
}

/** Lays the scene's powder beyond the picture's borders and takes the picture. */
export function takePicture(
  scene: Scene,
  sizePx: { readonly widthPx: number; readonly heightPx: number },
  seed: number,
): RenderedWindow {
  const window: RenderWindow = { centre: { x: 0, y: 0 }, ...sizePx, pixelSizeUm: scene.pixelSizeUm };
  const marginUm = 0.6 * diameterLargestUm(scene.sizeDistribution);
  const widthUm = sizePx.widthPx * scene.pixelSizeUm + 2 * marginUm;
  const heightUm = sizePx.heightPx * scene.pixelSizeUm + 2 * marginUm;
  const powder = layPowder({
    origin: { x: -widthUm / 2, y: -heightUm / 2 },
    widthUm,
    heightUm,
    amount: { kind: 'coverage', fraction: scene.coverage },
    sizeDistribution: scene.sizeDistribution,
    seed,
    material: scene.material,
    tape: scene.tape,
  });
  return renderWindow(powder, window, { ...scene.imaging, seed });
}
