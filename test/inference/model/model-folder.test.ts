import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ModelError } from '../../../src/errors.ts';
import { loadModel, loadModels, packagedModelsFolder } from '../../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../../src/inference/network.ts';

/** A copy of the packaged model with its manifest changed. */
function copyWith(change: (manifest: Record<string, unknown>) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'particled-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(packagedModelsFolder, 'low'), join(folder, 'low'), { recursive: true });
  const file = join(folder, 'low', 'manifest.json');
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
  return join(folder, 'low');
}

describe('a folder of models', () => {
  it('holds the packaged model, hash and all', async () => {
    const models = await loadModels(packagedModelsFolder);
    expect(models.map((model) => model.manifest.name)).toContain('low');
  });

  it('refuses a damaged network and says which', async () => {
    const folder = copyWith(() => {});
    writeFileSync(join(folder, 'model.onnx'), 'not a network');
    await expect(loadModel(folder)).rejects.toThrow(
      /model\.onnx: SHA-256 is [0-9a-f]{64}, the manifest says/,
    );
  });

  it('names every fault of a manifest', async () => {
    const folder = copyWith((manifest) => {
      manifest.sha256 = 'short';
      manifest.thresholds = { overlap: 2 };
    });
    await expect(loadModel(folder)).rejects.toThrow(
      /sha256: "short" is refused: must be 64.*thresholds\.overlap: 2 is refused: must be at most 1/s,
    );
  });

  it.each(['../low/model.onnx', '/etc/passwd', 'sub/model.onnx', '..', ''])(
    'refuses a manifest whose network is %j, out of its folder',
    async (file) => {
      const folder = copyWith((manifest) => {
        manifest.file = file;
      });
      await expect(loadModel(folder)).rejects.toThrow(
        /file: ".*" is refused: must be the name of a file beside the manifest/,
      );
    },
  );

  it('refuses a network that is a link out of its folder', async () => {
    const folder = copyWith(() => {});
    const elsewhere = join(folder, '..', 'elsewhere.onnx');
    renameSync(join(folder, 'model.onnx'), elsewhere);
    symlinkSync(elsewhere, join(folder, 'model.onnx'));
    await expect(loadModel(folder)).rejects.toThrow(/model\.onnx: is a link to .*elsewhere\.onnx/);
  });

  it('refuses an empty folder and a missing one', async () => {
    await expect(loadModels(mkdtempSync(join(tmpdir(), 'particled-none-')))).rejects.toThrow(
      /holds no model/,
    );
    await expect(loadModels('/nowhere/models')).rejects.toThrow(ModelError);
  });
});

describe('opening a network', () => {
  it('refuses output names that the file does not have', async () => {
    const folder = copyWith((manifest) => {
      manifest.outputs = { ...(manifest.outputs as object), masks: 'maskz' };
    });
    await expect(openNetwork(await loadModel(folder), 1)).rejects.toThrow(
      /has no output named maskz \(it has boxes float32 \[particles, 4\], scores/,
    );
  });

  it('refuses a file that is no network, though its hash is right', async () => {
    const folder = copyWith((manifest) => {
      manifest.sha256 = createHash('sha256').update('not a network').digest('hex');
    });
    writeFileSync(join(folder, 'model.onnx'), 'not a network');
    await expect(openNetwork(await loadModel(folder), 1)).rejects.toThrow(/model\.onnx: is no ONNX network/);
  });
});
