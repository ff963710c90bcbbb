import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { pyramidSchema } from '../../../src/dashboard/api/pyramid.ts';
import { answerFaults } from '../../../src/dashboard/fault-answers.ts';
import { type PyramidMaker, startPyramidMaker } from '../../../src/dashboard/pyramid/pyramid-maker.ts';
import { startPyramids } from '../../../src/dashboard/pyramid/pyramids.ts';
import { pyramidRoutes } from '../../../src/dashboard/routes/pyramid-routes.ts';
import { startDashboard } from '../../../src/dashboard/start-dashboard.ts';
import type { Reporter } from '../../../src/run/reporter.ts';
import { recorder } from '../../publish/sending.ts';
import { type Premises, premises, settingsFor } from '../../support/premises.ts';
import { stored } from '../../support/stored.ts';
import { until } from '../../support/until.ts';
import { walkOn } from '../../support/walk.ts';
import { colourAt, writeCorneredTile } from './grid-tiles.ts';

// Each waits for processes of lowest priority.
vi.setConfig({ testTimeout: 120_000 });

const GREYS = [40, 80, 120, 160, 200, 240] as const;

/** Of the files of a run its folder alone: pyramids need no more. */
const folderAlone: Reporter = {
  write: async ({ folder }) => void (await mkdir(folder, { recursive: true })),
  close: () => Promise.resolve(),
};

/** A walked grid of 2 x 3 tiles with its files, of which the page answers. */
async function walkedGrid(
  place: Premises,
  settings: { reportFolder?: string | null; pyramidFreeGb?: number; maker?: PyramidMaker } = {},
) {
  const walk = await walkOn(place, { reporter: folderAlone });
  await walk.take(
    ...GREYS.map((grey, at) => writeCorneredTile(place.exportFolder, Math.floor(at / 3), at % 3, grey)),
  );
  const run = walk.store.runs.all()[0]!;
  const { exportFolder, reportFolder, storeFile } = place;
  const store = stored(storeFile);
  const logger = recorder();
  const given = { storeFile, exportFolder, reportFolder, pyramidFreeGb: 0, ...settings };
  const pyramids = startPyramids(given, store, logger, settings.maker);
  onTestFinished(() => pyramids.close());
  const app = fastify().withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerFaults(app);
  pyramidRoutes(app, { store, pyramids });
  const address = `/api/v1/runs/${run.sampleId}/${run.name}/pyramid`;
  const folder = join(place.reportFolder, run.sampleId, run.name);
  const state = async () => pyramidSchema.parse((await app.inject(address)).json());
  const ready = () =>
    until('a pyramid', async () => {
      const now = await state();
      return now.state === 'ready' && now.current ? now : undefined;
    });
  return { walk, run, app, address, folder, state, ready, logger, pyramids };
}

describe('the pyramid of a run', () => {
  it('is made when somebody asks for it, in a process of its own, and its pictures may be kept', async () => {
    const { app, address, state, ready } = await walkedGrid(premises());
    expect(await state()).toEqual({ state: 'being-made', places: 6, placesDone: 0 });
    const { key, ...rest } = await ready();
    expect(rest).toEqual({
      ...{ state: 'ready', current: true, rows: 2, columns: 3, levels: 3, unreadable: 0 },
      // Of 64 x 40 px each.
      ...{ pictureWidthPx: 64, pictureHeightPx: 40, widthPx: 192, heightPx: 80 },
      revision: rest.revision,
    });
    for (const [at, grey] of GREYS.entries()) {
      const reply = await app.inject(`${address}/2/${Math.floor(at / 3)}/${at % 3}.jpg?key=${key}`);
      expect(reply.headers['content-type']).toBe('image/jpeg');
      expect(reply.headers['cache-control']).toContain('immutable');
      expect(Math.abs((await colourAt(reply.rawPayload, 0.75, 0.75))[0]! - grey)).toBeLessThan(12);
    }
    for (const none of [`2/0/3.jpg?key=${key}`, `3/0/0.jpg?key=${key}`, `2/0/0.jpg?key=${'0'.repeat(16)}`]) {
      expect((await app.inject(`${address}/${none}`)).statusCode).toBe(404);
    }
    expect((await app.inject(`${address}/2/0/0.jpg`)).statusCode).toBe(400);
    expect((await app.inject(`${address}/2/0/..%2f0.jpg?key=${key}`)).statusCode).toBe(400);
  });

  it('is made after the final summary, without anybody who asks', async () => {
    const { pyramids, run, folder } = await walkedGrid(premises());
    pyramids.due(run.sampleId, run.name);
    await until('the pyramid', () => existsSync(join(folder, 'pyramid', 'pyramid.json')));
  });

  it('is made anew where a tile counts no more, and shows the earlier one meanwhile', async () => {
    const { walk, run, ready, state, folder } = await walkedGrid(premises());
    const { key } = await ready();
    walk.store.tiles.supersede(walk.store.tiles.ofRun(run.id)[0]!.id);
    expect(await state()).toMatchObject({ state: 'ready', key, current: false });
    const anew = await ready();
    expect(anew.key).not.toBe(key);
    await until('the earlier one gone', () => readdirSync(join(folder, 'pyramid')).length === 2);
    expect(readdirSync(join(folder, 'pyramid')).sort()).toEqual([anew.key, 'pyramid.json'].sort());
  });

  it('is made again where somebody has deleted it', async () => {
    const { ready, state, folder } = await walkedGrid(premises());
    await ready();
    rmSync(join(folder, 'pyramid'), { recursive: true });
    expect(await state()).toMatchObject({ state: 'being-made' });
    await ready();
  });

  it('says why there is none, and where tiles lie to nobody', async () => {
    const place = premises();
    const { state, logger } = await walkedGrid(place);
    for (const name of readdirSync(place.exportFolder)) writeFileSync(join(place.exportFolder, name), 'gone');
    await until('a refusal', async () => (await state()).state === 'none');
    const said = await state();
    expect(said).toMatchObject({ reason: expect.stringContaining('no tile of it can be read any more') });
    expect(JSON.stringify(said)).not.toContain(place.exportFolder);
    expect(JSON.stringify(logger)).toContain('picture of the grid not made');
  });

  it.each([
    ['no files of samples are kept', { reportFolder: null }, 'report.folder is null'],
    ['the disk has no room', { pyramidFreeGb: 1e9 }, 'disk.overlaysFreeGb'],
    ['the tiles hang', { maker: startPyramidMaker(1) }, 'did not answer for 0.001 s'],
  ])('is none where %s', async (_, settings, reason) => {
    const { state } = await walkedGrid(premises(), settings);
    await until('a refusal', async () => (await state()).state === 'none');
    expect(await state()).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it('is answered by the process of the live page', async () => {
    const place = premises();
    const { address } = await walkedGrid(place);
    const logger = recorder();
    const config = configSchema.parse(
      settingsFor(place, { dashboard: { port: 0 }, disk: { overlaysFreeGb: 0 } }),
    );
    const dashboard = startDashboard({ config, reviewing: null, logger });
    onTestFinished(() => dashboard.close());
    const listens = () => /"(http:[^"]+)"/.exec(JSON.stringify(logger))?.[1];
    const url = await until('the page', listens);
    const { key } = await until('a pyramid', async () => {
      const now = pyramidSchema.parse(await (await fetch(url + address)).json());
      return now.state === 'ready' && now;
    });
    const picture = await fetch(`${url}${address}/0/0/0.jpg?key=${key}`);
    // 3 columns of 64 px and 2 rows of 40 px, halved twice.
    const { width, height } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    expect([picture.status, width, height]).toEqual([200, 48, 20]);
  });

  it('is none of a run whose files were deleted, and does not bring them back', async () => {
    const { state, folder } = await walkedGrid(premises());
    rmSync(folder, { recursive: true });
    expect(await state()).toMatchObject({ state: 'none', reason: expect.stringContaining('deleted') });
    expect(existsSync(folder)).toBe(false);
  });
});
