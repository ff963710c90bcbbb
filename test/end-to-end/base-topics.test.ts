import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { controllerAt } from '../publish/asking.ts';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const bases = ['particled', 'site/line 1/particled'] as const;

describe('two daemons of one instrument name at one broker', () => {
  it('keep apart by mqtt.baseTopic: results, status, last will, commands and health', async () => {
    const broker = await startedBroker();
    const daemons = await Promise.all(
      bases.map(async (baseTopic) => {
        const place = premises();
        const listener = await listen(broker.url, `${baseTopic}/#`);
        const settings = settingsFor(place, { mqtt: { ...publishingTo(broker), baseTopic } });
        const config = join(place.folder, 'asked.yaml');
        writeFileSync(config, stringify(settings));
        return { baseTopic, place, listener, config, daemon: startDaemonProcess(place, settings) };
      }),
    );
    const [first, second] = daemons;
    if (!first || !second) throw new Error('there are two');
    for (const { daemon } of daemons) await daemon.says('particled is up');

    const [tile] = await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'A' });
    if (!tile) throw new Error('there is one');
    writeTiles(second.place.exportFolder, [tile]);
    await until('its tile', () => second.listener.tiles().length > 0);
    const { run } = second.listener.tiles()[0]!;

    const controller = await controllerAt(broker.url, { baseTopic: second.baseTopic });
    expect(await controller.ask('describe')).toMatchObject({
      result: {
        topics: {
          status: 'site/line 1/particled/test/status',
          command: 'site/line 1/particled/test/command/+',
        },
      },
    });
    expect(await controller.ask('finalise', { sample: 'A', run })).toMatchObject({ accepted: true });
    expect(await second.listener.finalSummary()).toMatchObject({ sample: { label: 'A' } });

    for (const { config } of daemons) {
      expect(await particled('health', '--config', config)).toMatchObject({ code: 0 });
    }
    await second.daemon.end('SIGKILL');
    await until('its last will', () => second.listener.statuses().at(-1)?.state === 'offline');
    expect(first.listener.statuses().at(-1)).toMatchObject({ state: 'online' });
    // What the first has heard on its topics is of itself alone.
    expect(first.listener.heard.every(({ topic }) => topic === 'particled/test/status')).toBe(true);
    expect(second.listener.heard.every(({ topic }) => topic.startsWith('site/line 1/particled/test/'))).toBe(
      true,
    );
    for (const { daemon } of daemons)
      expect(daemon.log()).not.toContainEqual(
        expect.objectContaining({ msg: expect.stringContaining('taken') }),
      );
  });
});
