import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { check } from './queue-simulation/check.ts';
import { measureCosts } from './queue-simulation/costs.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    measure: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
if (values.measure) {
  const costs = await measureCosts();
  console.log(costs);
  writeFileSync(values.measure, `${JSON.stringify(costs, null, 2)}\n`);
  process.exit();
}
if (values.check) {
  await check();
  process.exit();
}
