import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load.ts';
import { composeFile, mountsOf } from './support/composed.ts';
import { premises } from './support/premises.ts';
import { makeSecrets } from './support/secured-queue.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('compose.yaml', () => {
  it('mounts files that are in the checkout or are made by make-secrets.sh, and volumes that it declares', () => {
    const compose = composeFile();
    const secrets = makeSecrets(premises().folder, 'valkey');
    const mounts = Object.values(compose.services).flatMap((service) => mountsOf(service, compose));
    expect(mounts.length).toBeGreaterThan(10);
    for (const { source, target } of mounts) {
      expect(target).toMatch(/^\//);
      if (!source.startsWith('./')) expect(Object.keys(compose.volumes)).toContain(source);
      else if (source.startsWith('./secrets/'))
        expect(existsSync(join(secrets, basename(source))), source).toBe(true);
      else if (source !== './export') expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  it('gives the daemon a configuration that holds, whose files are mounted there', () => {
    const compose = composeFile();
    const { daemon } = compose.services;
    const targets = mountsOf(daemon!, compose).map(({ target }) => target);
    const { segmenter, watch, store, mqtt } = loadConfig(join(root, 'examples/compose/particled.yaml'), {});
    expect(targets).toContain(segmenter.queue?.passwordFile);
    expect(targets).toContain(segmenter.queue?.caFile);
    expect(targets).toContain(watch.folder);
    expect(targets.some((target) => store.file.startsWith(`${target}/`))).toBe(true);
    // The names of services are those of hosts.
    for (const url of [mqtt.url, segmenter.queue!.url])
      expect(compose.services).toHaveProperty(new URL(url).hostname);
  });

  it('runs the Containerfile with commands that particled has', () => {
    const { services } = composeFile();
    expect(readFileSync(join(root, 'Containerfile'), 'utf8')).toContain('ENTRYPOINT ["/usr/bin/particled"]');
    expect([services.daemon?.command[0], services.worker?.command[0]]).toEqual(['run', 'worker']);
    // The image asks a daemon how it is, which a worker is not.
    expect(services.worker?.healthcheck?.disable).toBe(true);
  });
});
