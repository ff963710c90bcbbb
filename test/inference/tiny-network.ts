import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../src/inference/model/manifest.ts';
import { type Model, sha256Of } from '../../src/inference/model/model-folder.ts';
import type { GreyImage } from '../../src/watcher/image/grey-image.ts';

export type TinyForm =
  | 'roi-28'
  | 'roi-56'
  | 'full'
  | 'full-fixed'
  | 'three-channels'
  | 'no-uncertainty'
  | 'logits'
  | 'qdq-64'
  | 'qdq-127'
  | 'operator-127'
  | 'qdq-halves';

/** A network of a kilobyte; training/tests/tiny_networks.py makes them and says what they find. */
export function tinyNetwork(form: TinyForm): string {
  return fileURLToPath(new URL(`./networks/${form}.onnx`, import.meta.url));
}

/** A manifest for a tiny network in our own form, or with the names that the published ones have. */
export function tinyManifest(kind: Manifest['outputs']['kind']): Manifest {
  return {
    schema: 'particled/model/1',
    name: 'tiny',
    description: 'takes the image for the mask of its one particle',
    file: 'model.onnx',
    sha256: '0'.repeat(64),
    magnification: { from: 0, below: null },
    input: {
      name: kind === 'roi-masks' ? 'image' : 'input',
      longestSidePx: 192,
      sideMultiplePx: 32,
      valueRange: [0, 1],
    },
    outputs:
      kind === 'roi-masks'
        ? { kind, boxes: 'boxes', scores: 'scores', semScores: 'sem-scores', masks: 'masks' }
        : { kind, boxes: '6557', scores: '6560', semScores: '6571', masks: '6573' },
    confidenceBins: 6,
    thresholds: {
      objectnessCertain: 0.5,
      objectnessUncertain: 0.7,
      overlap: 0.5,
      crossOverlap: 0.3,
      maskActivation: 0.5,
      smallestAreaPx: 20,
    },
    training: {},
    accuracy: [],
  };
}

/** Puts a tiny network into a folder of models, under its own name. */
export async function putTinyModel(models: string, form: TinyForm): Promise<Model> {
  const folder = join(models, form);
  mkdirSync(folder);
  const file = join(folder, 'model.onnx');
  cpSync(tinyNetwork(form), file);
  const manifest = { ...tinyManifest('roi-masks'), name: form, sha256: await sha256Of(file) };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { folder, file, manifest };
}

/** A disc of light whose brightness falls through one half at `radiusPx` from the centre, over so many pixels. */
export function discOfLight(widthPx: number, heightPx: number, radiusPx: number, edgePx: number): GreyImage {
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const x = (i % widthPx) + 0.5 - widthPx / 2;
    const y = Math.floor(i / widthPx) + 0.5 - heightPx / 2;
    return Math.round(255 * Math.min(1, Math.max(0, 0.5 + (radiusPx - Math.hypot(x, y)) / edgePx)));
  });
  return { widthPx, heightPx, pixels };
}
