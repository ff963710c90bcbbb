import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addModel } from '../../../src/commands/models/add.ts';
import type { AddOptions } from '../../../src/commands/models/add-options.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import type { Manifest } from '../../../src/inference/model/manifest.ts';
import { loadModel } from '../../../src/inference/model/model-folder.ts';
import { discOfLight, tinyManifest, tinyNetwork } from '../../inference/tiny-network.ts';
import { particled } from '../../support/command.ts';
import { premises } from '../../support/premises.ts';

const nothingSaid: AddOptions = {
  name: null,
  description: null,
  kind: null,
  fromMagnification: null,
  belowMagnification: null,
  longestSidePx: 192,
  sideMultiplePx: 32,
  outputs: {},
  replace: false,
};

/** As `particled models add` does, on a tile that is drawn at once: of the shape of the usual one, with one disc. */
function add(settings: Config, source: string, options: AddOptions) {
  return addModel(settings, source, options, () => discOfLight(480, 300, 100, 8));
}

function workshop() {
  const { folder } = premises();
  const models = join(folder, 'models');
  const config = join(folder, 'particled.yaml');
  writeFileSync(config, `models:\n  folder: ${models}\n`);
  return { folder, models, config, settings: loadConfig(config, {}) };
}

describe('particled models add', () => {
  it('takes a published network: full-size masks, outputs named by number', async () => {
    const { models, config } = workshop();
    const words = ['--config', config, '--name', 'paper-low', '--below-magnification', '10000'];
    const { code, stderr, stdout } = await particled('models', 'add', tinyNetwork('full'), ...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^paper-low {2}0x to 10000x, \d+ ms a tile .* full-masks, 1728 px$/m);
    expect(stdout).toMatch(/^from 10000x has no model/m);
    const { manifest } = await loadModel(join(models, 'paper-low'));
    expect(manifest.outputs).toMatchObject({ kind: 'full-masks', boxes: '6557', masks: '6573' });
    expect(manifest.input).toMatchObject({ name: 'input', longestSidePx: 1728, sideMultiplePx: 1 });

    const { stdout: list } = await particled('models', '--json', '--config', config);
    const { models: listed, unserved } = JSON.parse(list);
    expect(listed).toEqual([
      expect.objectContaining({
        name: 'paper-low',
        magnification: { from: 0, below: 10_000 },
        accuracy: [],
        speed: expect.objectContaining({ tileMs: expect.any(Number) }),
      }),
    ]);
    expect(unserved).toEqual([{ from: 10_000, below: null }]);
  });

  it('takes a model folder with what its manifest says', async () => {
    const { folder, models, settings } = workshop();
    const trained = join(folder, 'trained');
    const accuracy = [{ data: 'discs', metric: 'ajiPlusMean', value: 0.9, command: 'evaluate' }];
    putTiny(trained, { name: 'mine', accuracy, magnification: { from: 20_000, below: null } });
    putTiny(join(models, 'roi-28'));
    await add(settings, trained, nothingSaid);
    const { manifest } = await loadModel(join(models, 'mine'));
    expect(manifest).toMatchObject({ accuracy, magnification: { from: 20_000, below: null } });
  });

  it('refuses a range that another model serves, and sets that one aside when told to', async () => {
    const { models, settings } = workshop();
    putTiny(join(models, 'roi-28'));
    const above = { ...nothingSaid, name: 'other', fromMagnification: 19_000 };
    await expect(add(settings, tinyNetwork('roi-56'), above)).rejects.toThrow(
      /other: from 19000x would overlap with roi-28 \(0x to 20000x\); give another .* or --replace/,
    );
    expect(readdirSync(models)).toEqual(['roi-28']);
    await add(settings, tinyNetwork('roi-56'), { ...above, replace: true });
    expect(readdirSync(models).sort()).toEqual(['.replaced', 'other']);
    const [setAside] = readdirSync(join(models, '.replaced'));
    expect(setAside).toMatch(/^roi-28-\d{8}T\d{6}Z$/);
    await loadModel(join(models, '.replaced', setAside!));
  });

  it('replaces a damaged model by its name, which nothing else may', async () => {
    const { models, settings } = workshop();
    putTiny(join(models, 'roi-28'));
    writeFileSync(join(models, 'roi-28', 'model.onnx'), 'damaged');
    await expect(add(settings, tinyNetwork('roi-56'), nothingSaid)).rejects.toThrow(/SHA-256 is/);
    await add(settings, tinyNetwork('roi-28'), { ...nothingSaid, replace: true });
    await loadModel(join(models, 'roi-28'));
  });

  it.each([
    ['three-channels', {}, /input image float32 \[1, 3, height, width\] is no float32 \[1, 1, n, n\]/],
    ['no-uncertainty', {}, /which output holds confidence bins of the uncertainty head.*It has 6557 float32/],
    ['logits', {}, /scores lie between 3\.5 and 3\.5, expected 0 to 1; end it in the softmax or sigmoid/],
    ['operator-127', {}, /may add up to 64,770, .* have no exact form; quantise it with weights of 7 bits/],
    ['roi-28', { kind: 'full-masks' }, /masks of 28 x 28 for an input of 256 x 160 px: that is roi-masks/],
    ['roi-28', { name: '../up' }, /--name: must be lower-case letters, digits and -/],
    ['roi-28', { fromMagnification: 9, belowMagnification: 9 }, /serves no magnification 9x to 9x/],
  ] as const)('refuses %s with %o and leaves nothing behind', async (form, options, reason) => {
    const { models, settings } = workshop();
    const adding = add(settings, tinyNetwork(form), { ...nothingSaid, ...options });
    await expect(adding).rejects.toThrow(reason);
    await expect(adding).rejects.toThrow(tinyNetwork(form));
    expect(existsSync(models) ? readdirSync(models) : []).toEqual([]);
  });

  it('computes exactly what could saturate, says what that costs, and puts a known answer beside it', async () => {
    const { models, settings } = workshop();
    const added = await add(settings, tinyNetwork('qdq-127'), nothingSaid);
    expect(added).toMatchObject({
      knownParticles: 1,
      costOfExact: expect.stringMatching(/\d+ ms a tile in place of \d+ ms/),
    });
    const folder = join(models, 'qdq-127');
    expect((await loadModel(folder)).manifest.arithmetic).toBe('exact');
    expect(readdirSync(folder)).toEqual([
      'known-answer.json',
      'known-answer.png',
      'manifest.json',
      'model.onnx',
    ]);
  });

  it('leaves what cannot saturate as it is', async () => {
    const { models, settings } = workshop();
    expect(await add(settings, tinyNetwork('qdq-64'), nothingSaid)).toMatchObject({ costOfExact: null });
    expect((await loadModel(join(models, 'qdq-64'))).manifest).not.toHaveProperty('arithmetic');
  });

  it('refuses what is no network, under its own name', async () => {
    const { folder, settings } = workshop();
    const file = join(folder, 'notes.onnx');
    writeFileSync(file, 'not a network');
    await expect(add(settings, file, nothingSaid)).rejects.toThrow(`${file}: is no ONNX network`);
    await expect(add(settings, join(folder, 'none.onnx'), nothingSaid)).rejects.toThrow(
      /none\.onnx: cannot be read .* give a \.onnx file or a model folder/,
    );
  });
});

describe('particled models', () => {
  it('lists the packaged models with range, accuracy and size', async () => {
    const { stdout, code } = await particled('models');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\w+ {2}.*(magnification|x), .* \d+(\.\d+)? MB, roi-masks, \d+ px$/m);
    expect(stdout).toMatch(/^ {2}0\.\d+ +ajiPlusMean: /m);
  });

  it('lists what it can and says which model is damaged', async () => {
    const { models, config } = workshop();
    putTiny(join(models, 'roi-28'));
    mkdirSync(join(models, 'empty'));
    const { stdout, stderr, code } = await particled('models', '--config', config);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^roi-28 {2}0x to 20000x, /m);
    expect(stderr).toMatch(/empty\/manifest\.json: cannot be read/);
  });

  it('measures speed here and writes it when told to', async () => {
    const { models, config } = workshop();
    putTiny(join(models, 'roi-28'));
    const { stdout } = await particled('models', '--measure', '--write', '--json', '--config', config);
    const [{ speed }] = JSON.parse(stdout).models;
    expect(speed).toMatchObject({ tileMs: expect.any(Number), command: 'particled models --measure' });
    expect((await loadModel(join(models, 'roi-28'))).manifest.speed).toEqual(speed);
  });
});

/** Puts the network `roi-28`, for magnifications below 20,000, into a folder. */
function putTiny(folder: string, changes: Partial<Manifest> = {}): void {
  mkdirSync(folder, { recursive: true });
  cpSync(tinyNetwork('roi-28'), join(folder, 'model.onnx'));
  const sha256 = createHash('sha256')
    .update(readFileSync(tinyNetwork('roi-28')))
    .digest('hex');
  const magnification = { from: 0, below: 20_000 };
  const manifest = { ...tinyManifest('roi-masks'), name: 'roi-28', magnification, sha256, ...changes };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
