import type { Config } from '../../config/schema.ts';
import type { ShadowComparison, ShadowOverview } from '../../dashboard/api/shadow.ts';
import { figureWords } from '../../dashboard/shadow/figure-words.ts';
import { shadowOverview } from '../../dashboard/shadow/overview.ts';
import { counted, countText } from '../../statistics/numeric/figure-digits.ts';
import { openStoreReadOnly } from '../../store/database.ts';

/**
 * Prints how the shadow model compares with the serving one, over all runs of which something is kept.
 * @throws StoreError where there is no store yet
 */
export async function compareShadow(config: Config, { json }: { readonly json: boolean }): Promise<void> {
  const store = openStoreReadOnly(config.store.file);
  try {
    const overview = await shadowOverview(store, { imaging: config.imaging, shadow: config.models.shadow });
    console.log(json ? JSON.stringify(overview, null, 2) : overviewText(overview));
  } finally {
    store.close();
  }
}

/** The same as the live page says, for a terminal. */
export function overviewText({ configured, model, comparison, runs, advice }: ShadowOverview): string {
  const head = configured
    ? `models.shadow: ${configured.model}, ${countText(100 * configured.share)} % of the tiles`
    : 'models.shadow.model: null, so that no tile is segmented twice';
  const lines = [head];
  if (model && comparison) {
    lines.push(
      `compared: ${model.name} (SHA-256 ${model.sha256.slice(0, 12)}), ${comparisonText(comparison)}`,
    );
    lines.push('', figureTable(comparison));
    lines.push('', 'run by run, D50:', ...runs.map(runText));
  }
  const commands = advice.commands.map((command) => `  ${command}`);
  return [...lines, '', advice.text, ...commands].join('\n');
}

function comparisonText({ tiles, pieces, matchedBy, failures }: ShadowComparison): string {
  const rest = [
    tiles.leftOut > 0 ? `${tiles.leftOut} left out` : '',
    tiles.waiting > 0 ? `${tiles.waiting} waiting` : '',
    tiles.failed > 0 ? `${tiles.failed} given up` : '',
  ].filter((text) => text !== '');
  return [
    [`${counted(tiles.compared, 'tile')}`, ...rest].join(', '),
    `pieces: ${countText(pieces.matched)} in both (by ${matchedBy}), ${countText(pieces.onlyServing)} only in the serving model, ` +
      `${countText(pieces.onlyShadow)} only in the shadow`,
    ...failures.map(({ tile, reason }) => `given up: ${tile}: ${reason}`),
  ].join('\n');
}

/** Figures of pieces that no border cuts. */
function figureTable({ figures }: ShadowComparison): string {
  const rows = [
    ['figure', 'serving', 'shadow', 'difference', '95 % interval', ''],
    ...figures
      .map(figureWords)
      .map(({ title, serving, shadow, difference, interval, relative, moves }) => [
        ...[title, serving, shadow],
        relative === '' ? difference : `${difference} (${relative})`,
        interval,
        moves ? 'moves' : '',
      ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function runText({ sampleLabel, sampleId, run, comparison }: ShadowOverview['runs'][number]): string {
  const d50 = comparison.figures.find(({ figure }) => figure === 'diameterD50Um');
  const words = d50 && figureWords(d50);
  const interval = words?.interval ? ` (${words.interval})` : '';
  return `  ${sampleLabel || sampleId}  ${run}  ${counted(comparison.tiles.compared, 'tile')}  ${words?.difference ?? '-'}${interval}`;
}
