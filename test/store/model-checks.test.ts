import { expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';

it('keeps how the known answers came out, latest first, for two years', () => {
  const store = openStore(':memory:');
  const check = { model: 'low', arithmetic: 'as-shipped', figures: '8 particles of 8', deviation: null };
  const night = Date.UTC(2026, 0, 1);
  store.modelChecks.record(night, [check, { ...check, model: 'high' }]);
  store.modelChecks.record(night + 86_400_000, [{ ...check, arithmetic: 'exact', deviation: 'low is off' }]);
  expect(store.modelChecks.latest(2)).toMatchObject([
    { atMs: night + 86_400_000, model: 'low', deviation: 'low is off' },
    { atMs: night, model: 'high', figures: '8 particles of 8', deviation: null },
  ]);
  store.modelChecks.record(night + 3 * 365 * 86_400_000, [check]);
  expect(store.modelChecks.latest(10)).toHaveLength(1);
  store.close();
});
