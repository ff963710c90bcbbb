import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addedText, addModel } from '../../../src/commands/models/add.ts';
import type { AddOptions } from '../../../src/commands/models/add-options.ts';
import { serveModel } from '../../../src/commands/models/serve.ts';
import { type Config, configSchema } from '../../../src/config/schema.ts';
import { surveyModels } from '../../../src/inference/model/model-folder.ts';
import { surveyShadowModels } from '../../../src/inference/model/shadow-model.ts';
import { discOfLight, tinyNetwork } from '../../inference/tiny-network.ts';
import { premises } from '../../support/premises.ts';

const nothingSaid: AddOptions = {
  ...{ name: null, description: null, kind: null, fromMagnification: null, belowMagnification: null },
  ...{ longestSidePx: 192, sideMultiplePx: 32, outputs: {}, replace: false },
};

const tile = () => discOfLight(480, 300, 100, 8);

async function workshop(shadow: string | null = null) {
  const models = join(premises().folder, 'models');
  const settings: Config = configSchema.parse({ models: { folder: models, shadow: { model: shadow } } });
  await addModel(settings, tinyNetwork('roi-28'), nothingSaid, tile);
  return { models, settings };
}

async function names(models: string) {
  const of = ({ models: found }: Awaited<ReturnType<typeof surveyModels>>) =>
    found.map(({ manifest }) => manifest.name);
  return { serving: of(await surveyModels(models)), shadows: of(await surveyShadowModels(models)) };
}

const asShadow = { ...nothingSaid, name: 'next', shadow: true };

describe('particled models add --shadow', () => {
  it('takes a network in beside one that serves its range, and replaces none', async () => {
    const { models, settings } = await workshop();
    const added = await addModel(settings, tinyNetwork('roi-56'), asShadow, tile);
    expect(await names(models)).toEqual({ serving: ['roi-28'], shadows: ['next'] });
    expect(added).toMatchObject({ name: 'next', isShadow: true, setAside: {} });
    expect(addedText(added)).toContain(
      'serves no tile; with models.shadow.model: next the daemon compares it',
    );
  });

  it('refuses the name of a model that serves, and of another shadow unless told to', async () => {
    const { models, settings } = await workshop();
    const named = (name: string, replace = false) =>
      addModel(settings, tinyNetwork('roi-56'), { ...asShadow, name, replace }, tile);
    await expect(named('roi-28', true)).rejects.toThrow('roi-28 is the name of a model that serves');
    await named('next');
    await expect(named('next')).rejects.toThrow('--replace');
    await named('next', true);
    expect(await names(models)).toEqual({ serving: ['roi-28'], shadows: ['next'] });
  });
});

describe('particled models serve', () => {
  it('puts a shadow model into service, and sets those aside whose range it takes', async () => {
    const { models, settings } = await workshop();
    await addModel(settings, tinyNetwork('roi-56'), asShadow, tile);
    const served = await serveModel(settings, 'next', tile);
    expect(await names(models)).toEqual({ serving: ['next'], shadows: [] });
    expect(served.isShadow).toBe(false);
    expect(Object.keys(served.setAside)).toEqual(['roi-28']);
    expect(existsSync(served.setAside['roi-28']!)).toBe(true);
  });

  it('refuses one that is still the shadow, or is not there, and changes nothing', async () => {
    const { models, settings } = await workshop('next');
    await addModel(settings, tinyNetwork('roi-56'), asShadow, tile);
    await expect(serveModel(settings, 'next', tile)).rejects.toThrow('set it to null, and serve next then');
    const off: Config = { ...settings, models: { ...settings.models, shadow: { model: null, share: 0.1 } } };
    await expect(serveModel(off, 'nxt', tile)).rejects.toThrow('there is no such model (there are: next)');
    expect(readdirSync(models).sort()).toEqual(['.shadow', 'roi-28']);
  });
});
