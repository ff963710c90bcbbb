import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SegmenterReply, SegmenterRequest } from '../../src/segmenter/channel.ts';

/**
 * A segmenter process without networks, whose behaviour the folder of models says: a file `deviates` has it work
 * otherwise than it should, `spoils` has the next check find all wrong, and every later process too.
 */
const { modelsFolder } = JSON.parse(process.argv[2]!);
const has = (name: string): boolean => existsSync(join(modelsFolder, name));
const reply = (message: SegmenterReply): void => void process.send!(message);

function checks() {
  const deviation = has('deviates') ? 'low is off' : null;
  return [
    { model: 'low', arithmetic: deviation ? 'exact' : 'as-shipped', figures: '1 of 1', deviation } as const,
  ];
}

process.on('disconnect', () => process.exit(0));
process.on('message', async (request: SegmenterRequest) => {
  if (request.kind === 'segment') {
    await pause(300);
    reply({ kind: 'error', id: request.id, message: has('checked') ? 'after a check' : 'before any check' });
    return;
  }
  writeFileSync(join(modelsFolder, 'checked'), '');
  if (!has('spoils')) return reply({ kind: 'checked', id: request.id, checks: checks() });
  writeFileSync(join(modelsFolder, 'spoilt'), '');
  reply({ kind: 'error', id: request.id, message: 'all wrong' });
});
if (has('spoilt')) reply({ kind: 'refused', message: 'still wrong' });
else reply({ kind: 'ready', processor: { model: 'none', features: [] }, checks: checks() });
