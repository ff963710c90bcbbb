import { onTestFinished } from 'vitest';
import { storeScan } from '../../bench/live-page-run.ts';
import { configSchema } from '../../src/config/schema.ts';
import { startDashboard } from '../../src/dashboard/start-dashboard.ts';
import { silentLogger } from '../../src/logger.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { until } from '../support/until.ts';

const COLUMNS = 3;

export interface StoredPage {
  readonly url: string;
  /** Of the samples, in the order of their labels as given. */
  readonly paths: readonly string[];
}

/**
 * The live page over finished samples of 2 x 3 small tiles with twelve made-up particles each: what a page does with them does
 * not ask who found them.
 * @param change what else stands in the store
 */
export async function storedPage(
  labels: readonly string[],
  change: (store: Store) => void = () => {},
): Promise<StoredPage> {
  const place = premises();
  const config = configSchema.parse(settingsFor(place, { dashboard: { port: 0 } }));
  const paths = labels.map((label, take) =>
    storeScan(config, {
      ...{ label, columns: COLUMNS, particlesPerTile: 12 },
      paths: writeSmallGrid(place.exportFolder, 2, COLUMNS, { label, take, sizePx: [320, 200] }),
    }),
  );
  const store = openStore(place.storeFile);
  change(store);
  store.close();
  const dashboard = startDashboard({ config, reviewing: null, logger: silentLogger });
  onTestFinished(() => dashboard.close());
  const url = await until('the page', () => dashboard.url() ?? false, { timeoutMs: 60_000 });
  return { url, paths };
}
