import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { type Listener, listen } from '../support/listener.ts';
import { itNeeding } from '../support/needs.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { ofStumblingShares, stumblingShare } from '../support/stumbling-share.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const grid = { rows: 2, columns: 4 };
const reasons = (listener: Listener): string => listener.statuses().at(-1)?.reasons.join('\n') ?? '';

describe('a share that goes away while tiles wait', () => {
  it('makes them wait, says so, and costs none of them an attempt', async () => {
    const place = premises();
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid }));
    await daemon.says('particled is up');
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
    await daemon.says('tile segmented');
    const away = join(place.folder, 'away');
    renameSync(place.exportFolder, away);
    mkdirSync(place.exportFolder); // the mount point that stays
    await until('the health to say so', () => reasons(listener).includes('share'));
    expect(listener.statuses().at(-1)).toMatchObject({ health: 'failure' });
    await pause(5000);
    rmSync(place.exportFolder, { recursive: true });
    renameSync(away, place.exportFolder);
    const summary = await listener.finalSummary();
    expect(summary).toMatchObject({ state: 'complete', failedTiles: [], statistics: { tiles: 8 } });
    expect(
      daemon.log().filter(({ msg }) => msg === 'tile given up' || msg === 'tile failed, tried again'),
    ).toEqual([]);
    expect(listener.setAside()).toEqual([]);
    await until('the health to be normal', () => listener.statuses().at(-1)?.health === 'normal');
  });
});

describe('a tile whose file is deleted before it is segmented', () => {
  it('is given up, leaves the list of files set aside, and counts when the file comes back', async () => {
    const place = premises();
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid }));
    await daemon.says('particled is up');
    const paths = writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
    await daemon.says('tile seen', 8);
    const away = join(place.folder, 'away');
    renameSync(paths[7]!, away);
    const without = await listener.finalSummary();
    expect(without.failedTiles).toMatchObject([{ reason: expect.stringContaining('was deleted') }]);
    await daemon.says('deleted files leave the list of those set aside');
    renameSync(away, paths[7]!);
    const whole = await listener.finalSummary(2);
    expect(whole).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
  });
});

describe('a share that does not answer', () => {
  itNeeding(ofStumblingShares)(
    'is told, holds up neither MQTT nor the end, and its tiles follow',
    async () => {
      const place = premises();
      const share = stumblingShare(place);
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const watch = { answerTimeoutS: 3 };
      const url = broker.url.replace('127.0.0.1', 'localhost'); // so that names are looked up while it hangs
      const settings = settingsFor(place, { mqtt: { ...publishingTo(broker), url }, grid, watch });
      const daemon = startDaemonProcess(place, settings, share.env);
      await daemon.says('particled is up');
      writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
      await daemon.says('tile segmented');
      share.stumble();
      await until('the health to say so', () => reasons(listener).includes('has not answered'));
      await broker.kill();
      await daemon.says('no connection to broker; messages wait, trying again');
      await broker.start();
      await daemon.says('broker is back');
      share.recover();
      expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
      share.stumble();
      await until('the health to say so again', () => reasons(listener).includes('has not answered'));
      const asked = performance.now();
      expect(await daemon.end('SIGTERM')).toBe(0);
      expect(performance.now() - asked).toBeLessThan(10_000); // of TimeoutStopSec=15
    },
  );

  itNeeding(ofStumblingShares)('at the start is waited for while all else runs', async () => {
    const place = premises();
    const share = stumblingShare(place);
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const watch = { answerTimeoutS: 2 };
    const one = { rows: 1, columns: 1 };
    writeTiles(place.exportFolder, await simulatedTiles(one));
    share.stumble();
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: one, watch });
    const daemon = startDaemonProcess(place, settings, share.env);
    await daemon.says('particled is up');
    await until('the health to say so', () => reasons(listener).includes('has not answered'));
    await pause(8000); // long enough for the process that hangs to be replaced
    share.recover();
    expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 1 } });
  });
});

describe('a share that sends no events', () => {
  itNeeding(ofStumblingShares)(
    'is told by the health once files appear unheard, and costs none',
    async () => {
      const place = premises();
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const tiles = await simulatedTiles({ rows: 2, columns: 4 });
      writeTiles(place.exportFolder, tiles.slice(0, 4));
      const env = { ...stumblingShare(place).env, STUMBLE_MUTE: '1' };
      const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid }), env);
      await daemon.says('tile seen', 4);
      expect(reasons(listener)).not.toContain('no file event');
      writeTiles(place.exportFolder, tiles.slice(4));
      expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
      await until('the health to say so', () => reasons(listener).includes('no file event'));
      expect(listener.statuses().at(-1)).toMatchObject({ health: 'maintenance-required' });
    },
  );
});

describe('the process that reads the export folder', () => {
  it('is replaced when it ends or is frozen, and no file is missed', async () => {
    const place = premises();
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const tiles = await simulatedTiles({ rows: 2, columns: 4 });
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid, watch: { answerTimeoutS: 2 } });
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('particled is up');
    process.kill(daemon.shareProcess()!, 'SIGKILL');
    writeTiles(place.exportFolder, tiles.slice(0, 4));
    await daemon.says('tile seen', 4);
    process.kill(daemon.shareProcess()!, 'SIGSTOP');
    writeTiles(place.exportFolder, tiles.slice(4));
    await until('the health to say so', () => reasons(listener).includes('has not answered'));
    expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
  });
});

describe('a file that cannot be opened at first', () => {
  for (const code of ['ETXTBSY', 'EACCES', 'EIO', 'ESTALE'] as const) {
    itNeeding(ofStumblingShares)(`counts once it can, without a restart (${code})`, async () => {
      const place = premises();
      const share = stumblingShare(place, constants.errno[code]);
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const daemon = startDaemonProcess(
        place,
        settingsFor(place, { mqtt: publishingTo(broker), grid }),
        share.env,
      );
      await daemon.says('particled is up');
      share.stumble();
      writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
      await until('all of them set aside', () => listener.setAside().length === 8);
      expect(listener.setAside()[0]).toMatchObject({ code: 'unreadable', mayRecover: true });
      share.recover();
      expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
    });
  }
});

describe('a file that stays unreadable once its tile was seen', () => {
  itNeeding(ofStumblingShares)(
    'lets its run end without it, and makes a new revision when it is readable',
    async () => {
      const place = premises();
      const tiles = await simulatedTiles({ rows: 2, columns: 4 });
      const { file } = tiles[7]!;
      const share = stumblingShare(place, constants.errno.EIO, join(place.exportFolder, file));
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const daemon = startDaemonProcess(
        place,
        settingsFor(place, { mqtt: publishingTo(broker), grid: { ...grid, stallAfterS: 8 } }),
        share.env,
      );
      await daemon.says('particled is up');
      writeTiles(place.exportFolder, tiles);
      await daemon.says('tile seen', 8);
      share.stumble();
      await until('the health to say so', () => reasons(listener).includes('files that cannot be read'));
      const without = await listener.finalSummary();
      const reason = expect.stringMatching(/^.*: could not be read for \d+ s \(.*EIO.*\); make it readable$/);
      expect(without).toMatchObject({ failedTiles: [{ file, reason }], statistics: { tiles: 7 } });
      expect(listener.setAside()).toMatchObject([{ file, code: 'unreadable', mayRecover: true }]);
      share.recover();
      expect(await listener.finalSummary(2)).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
      await until('a normal health', () => listener.statuses().at(-1)?.health === 'normal');
    },
  );
});

describe('many files that may not be read', () => {
  itNeeding(ofStumblingShares)('are told on one line, and the others go on', async () => {
    const place = premises();
    const locked = join(place.exportFolder, 'locked');
    const share = stumblingShare(place, constants.errno.EACCES, locked);
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    share.stumble();
    mkdirSync(locked);
    for (let file = 1; file <= 100; file++) writeFileSync(join(locked, `${file}.tiff`), `${file}`);
    const daemon = startDaemonProcess(
      place,
      settingsFor(place, { mqtt: publishingTo(broker), grid }),
      share.env,
    );
    await daemon.says('files set aside');
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
    expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
    const told = daemon.log().filter(({ msg }) => /^files? set aside$/.test(msg));
    expect(told[0]).toMatchObject({ cause: 'unreadable', count: 100 });
    expect(told.length).toBeLessThan(5); // what goes on is told again after 10 s, 20 s and so on
    const many = '100 files were set aside as unreadable within a day';
    await until('the health to say so', () => reasons(listener).includes(many));
  });
});

describe('a file whose name is not UTF-8', () => {
  it('is listed with the reason, until it is renamed', async () => {
    const place = premises();
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const one = { rows: 1, columns: 1 };
    const [tile] = await simulatedTiles(one);
    const latin1 = Buffer.from(join(place.exportFolder, '800\u00b0C.tiff'), 'latin1');
    writeFileSync(latin1, tile!.bytes);
    startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid: one }));
    await until('it to be listed', () => listener.setAside().length === 1);
    expect(listener.setAside()).toMatchObject([
      { file: '800\uFFFDC.tiff', code: 'unreadable', reason: expect.stringContaining('iocharset=utf8') },
    ]);
    renameSync(latin1, join(place.exportFolder, '800 C.tiff'));
    expect(await listener.finalSummary()).toMatchObject({ statistics: { tiles: 1 } });
  });
});
