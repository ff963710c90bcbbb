import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { silentLogger } from '../../src/logger.ts';
import { startNights } from '../../src/nights/start-nights.ts';
import type { Broker } from '../../src/publish/broker.ts';
import { CommandRefusedError } from '../../src/publish/command-kinds.ts';
import { storeOfSamples } from '../support/finished-store.ts';
import { premises } from '../support/premises.ts';

/** Connected, and nobody listens. */
const broker: Broker = {
  connected: true,
  receiveMaximum: 10,
  publish: async () => {},
  subscribe: () => {},
  onConnect: () => {},
  close: async () => {},
};

function nights(reportFolder: string | null, baseUrl: string | null = null) {
  const { storeFile } = premises();
  const store = storeOfSamples(storeFile, [{ label: 'powder', at: '2026-11-22T12:00:00.000Z' }]);
  const config = loadConfig(
    null,
    {},
    {
      store: { file: storeFile },
      report: { folder: reportFolder, baseUrl },
      mail: { timeZone: 'UTC' },
    },
  );
  return startNights({ config, store, broker, reasonsNow: () => [], logger: silentLogger });
}

describe('the report of a night that a controller asks for', () => {
  it('is written beside the samples', async () => {
    const { reportFolder } = premises();
    expect(await nights(reportFolder).reportOfNight?.('2026-11-23')).toBe(join(reportFolder, 'nights'));
    expect(readdirSync(join(reportFolder, 'nights')).sort()).toEqual([
      'night-2026-11-23.csv',
      'night-2026-11-23.html',
      'night-2026-11-23.txt',
    ]);
  });

  it('links to the pages that lie there, under the address that is configured', async () => {
    const { reportFolder } = premises();
    const asked = nights(reportFolder, 'https://files.lab.example/sem');
    const textOfNight = async () => {
      await asked.reportOfNight?.('2026-11-23');
      return readFileSync(join(reportFolder, 'nights', 'night-2026-11-23.txt'), 'utf8');
    };
    const before = await textOfNight();
    expect(before).toContain('All samples: https://files.lab.example/sem/index.html');
    expect(before).not.toContain('report.html');
    mkdirSync(join(reportFolder, 'powder', 'run-0'), { recursive: true });
    writeFileSync(join(reportFolder, 'powder', 'run-0', 'report.html'), '');
    expect(await textOfNight()).toContain('Page: https://files.lab.example/sem/powder/run-0/report.html');
  });

  it('is refused for a night to come, and there is none where no files are written', async () => {
    const asked = nights(premises().reportFolder).reportOfNight?.('2999-01-01');
    await expect(asked).rejects.toThrow(CommandRefusedError);
    expect(nights(null).reportOfNight).toBeUndefined();
  });
});
