import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { externalBroker, publishingTo } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

describe('a broker that has lost what it kept', () => {
  it('gets the summaries again, and gives them to controllers that come later', async () => {
    const place = premises();
    const grid = { rows: 1, columns: 2 };
    writeTiles(place.exportFolder, await simulatedTiles(grid));
    const before = await externalBroker();
    await before.start();
    const settings = settingsFor(place, { mqtt: publishingTo(before), grid });
    const daemon = startDaemonProcess(place, settings);
    const summary = await (await listen(before.url)).finalSummary();
    expect(await daemon.end('SIGTERM'), daemon.stderr()).toBe(0);

    const after = await externalBroker(); // with nothing in it
    await after.start();
    const again = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(after), grid }));
    await again.says('the broker keeps no messages of before; summaries go out again');
    const controller = await listen(after.url);
    const late = await controller.finalSummary();
    expect(late).toEqual({ ...summary, sequence: late.sequence });
    expect(late.sequence).toBeGreaterThan(summary.sequence ?? Number.POSITIVE_INFINITY);
  });
});
