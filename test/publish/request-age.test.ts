import { expect, it } from 'vitest';
import { requireFresh } from '../../src/publish/request-age.ts';

const at = '2026-03-14T15:00:00+01:00';
const madeMs = Date.UTC(2026, 2, 14, 14);

it('a request is heeded for ten minutes by its own stamp, and a minute ahead for clocks that differ', () => {
  requireFresh(undefined, madeMs);
  requireFresh(at, madeMs + 600_000);
  requireFresh(at, madeMs - 60_000);
  expect(() => requireFresh(at, madeMs + 600_500)).toThrow(/^at: the request is 601 s old, at most 600 s/);
  expect(() => requireFresh(at, madeMs + 2 * 86_400_000)).toThrow(/172800 s old/);
  expect(() => requireFresh(at, madeMs - 61_000)).toThrow(/61 s ahead of the clock of particled/);
});
