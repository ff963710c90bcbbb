import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { itNeeding, program } from '../support/needs.ts';
import { notifySocket } from '../support/notify-socket.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

const FROZEN_MS = 6_000;

describe('a tile that takes long to segment', () => {
  itNeeding(program('systemd-notify', 'systemd'))(
    'holds up neither the broker, nor the watchdog, nor who asks over HTTP',
    async () => {
      const place = premises();
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const systemd = await notifySocket();
      const settings = settingsFor(place, {
        // Mosquitto cuts off whoever sends nothing for 1.5 times the 2 s, half of the time that the tile stands still.
        ...{ mqtt: { ...publishingTo(broker), keepaliveS: 2 }, grid: { rows: 1, columns: 1 } },
        monitoring: { port: 0 },
      });
      const env = { NOTIFY_SOCKET: systemd.path, WATCHDOG_USEC: '1500000' }; // fed each 0.5 s
      const daemon = startDaemonProcess(place, settings, env);
      await daemon.says('particled is up');
      const url = String(daemon.log().find(({ msg }) => msg === 'monitoring listens')?.url);
      writeTiles(
        place.exportFolder,
        await simulatedTiles({ rows: 1, columns: 1, widthPx: 480, heightPx: 480 }),
      );
      await daemon.says('tile seen');
      const [segmenter] = daemon.segmenters();
      process.kill(segmenter!, 'SIGSTOP');
      const fedBefore = fed(systemd.heard());
      await delay(FROZEN_MS / 2);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      await delay(FROZEN_MS / 2);
      expect(listener.tiles()).toEqual([]); // it was under way all the time
      process.kill(segmenter!, 'SIGCONT');
      const fedMeanwhile = fed(systemd.heard()) - fedBefore;

      expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 1 } });
      // systemd would have acted on the first 1.5 s without: at least one in each of 6 s / 1.5 s.
      expect(fedMeanwhile).toBeGreaterThanOrEqual(4);
      expect(listener.statuses().map(({ state }) => state)).not.toContain('offline');
      expect(daemon.stderr()).not.toContain('no connection to broker');
    },
  );
});

function fed(heard: string): number {
  return heard.match(/WATCHDOG=1/g)?.length ?? 0;
}
