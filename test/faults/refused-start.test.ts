import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { type Premises, premises, type Settings, settingsFor } from '../support/premises.ts';

const embedded = { broker: 'embedded', port: 0 } as const;

/** Starts a daemon that must end by itself with exit code 1; gives what it says. */
async function refusal(place: Premises, settings: Settings | string): Promise<string> {
  const daemon = startDaemonProcess(
    place,
    typeof settings === 'string' ? settings : settingsFor(place, { mqtt: embedded, ...settings }),
  );
  expect(await daemon.ended(), daemon.stderr()).toBe(1);
  expect(daemon.stderr()).not.toContain('particled is up');
  expect(daemon.stderr()).not.toMatch(/^ {4}at /m); // a reason for people, no stack
  return daemon.stderr();
}

/** A copy of the packaged models whose network is `change`d. */
function changedModels({ folder }: Premises, change: (network: Buffer) => Buffer, honestly = false): string {
  const models = join(folder, 'models');
  cpSync(packagedModelsFolder, models, { recursive: true });
  const file = join(models, 'low', 'model.onnx');
  const changed = change(readFileSync(file));
  writeFileSync(file, changed);
  if (honestly) {
    const manifest = join(models, 'low', 'manifest.json');
    const facts = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...facts, sha256: sha256(changed) }));
    rmSync(join(models, 'low', 'known-answer.json')); // another model's by now
  }
  return models;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a daemon does not start', () => {
  it('on a model file of another hash, and names the file and both hashes', async () => {
    const place = premises();
    const models = changedModels(place, (network) => {
      network[network.length >> 1]! ^= 1; // one bit, in the middle
      return network;
    });
    const file = join(models, 'low', 'model.onnx');
    const said = await refusal(place, { models: { folder: models } });
    const { sha256: promised } = JSON.parse(
      readFileSync(join(packagedModelsFolder, 'low', 'manifest.json'), 'utf8'),
    );
    expect(said).toContain(
      `${file}: SHA-256 is ${sha256(readFileSync(file))}, the manifest says ${promised}; ` +
        'the file is damaged or of another version: install the model again',
    );
  });

  it('on a model file that is no network, though its hash is right', async () => {
    const place = premises();
    const folder = changedModels(place, (network) => network.subarray(0, network.length >> 1), true);
    expect(await refusal(place, { models: { folder } })).toMatch(/model\.onnx: is no ONNX network \(/);
  });

  it('without a model', async () => {
    const place = premises();
    const folder = join(place.folder, 'none');
    mkdirSync(folder);
    expect(await refusal(place, { models: { folder } })).toContain(`${folder}: holds no model;`);
  });

  it('on a bad configuration, and lists every fault', async () => {
    const said = await refusal(
      premises(),
      'watch: { stabilityMs: 1 }\ngrid: { rows: 0, colums: 3 }\nsegmenter: { attempts: 99 }\n',
    );
    expect(said).toContain('4 faults');
    for (const key of [
      'watch.stabilityMs: 1 is',
      'grid.rows: 0 is',
      'grid.colums: unknown key',
      'segmenter.attempts: 99 is',
    ])
      expect(said).toContain(`  - ${key}`);
  });

  it('on a configuration that is no YAML', async () => {
    expect(await refusal(premises(), 'watch: [1, 2\n')).toMatch(/config-\d+\.yaml: 1 fault\b/);
  });

  it('without an export folder', async () => {
    const place = premises();
    rmSync(place.exportFolder, { recursive: true });
    expect(await refusal(place, {})).toMatch(
      /cannot watch the export folder .*: ENOENT.*; create it, mount its share, or correct the folder/,
    );
  });

  it('on a store that is no database, and leaves it as it is', async () => {
    const place = premises();
    const noise = 'a file of something else, long enough to have a header. '.repeat(40);
    writeFileSync(place.storeFile, noise);
    expect(await refusal(place, {})).toContain(`${place.storeFile}: the database is corrupt`);
    expect(readFileSync(place.storeFile, 'utf8')).toBe(noise);
  });

  it('on a port of its broker that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await refusal(premises(), { mqtt: { ...embedded, port } })).toMatch(
      new RegExp(`cannot listen on 127\\.0\\.0\\.1 port ${port} .*choose another port`),
    );
  });
});
