import { messageOf } from '../errors.ts';
import { lowerPriority } from '../process-priority.ts';
import { connectReadOnly } from './connection.ts';
import { corruptText } from './damage.ts';
import type { IntegrityFinding } from './integrity.ts';
import { damagedTable } from './table-checks.ts';

/** A process that reads the long tables of a store through, which takes seconds a gigabyte, says what is damaged, and ends. */
const path = process.argv[2] ?? '';

// Tiles come first.
lowerPriority('low');

function firstFinding(): string | null {
  try {
    const database = connectReadOnly(path);
    const damage = damagedTable(database, 'beside the daemon');
    database.close();
    return damage && corruptText(path, damage);
  } catch (error) {
    return messageOf(error);
  }
}

const finding: IntegrityFinding = { fault: firstFinding() };
process.send?.(finding, undefined, undefined, () => process.exit());
