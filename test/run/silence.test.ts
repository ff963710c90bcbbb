import { describe, expect, it } from 'vitest';
import { createSilence } from '../../src/run/silence.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

const DAY_MS = 86_400_000;
const STALL_MS = 600_000;

/** Clocks that stand still until they are moved: `wait` moves both, `set` the wall clock alone. */
function clocks() {
  let wallMs = Date.now();
  let steadyMs = 5_000;
  return {
    wallMs: () => wallMs,
    steadyMs: () => steadyMs,
    wait(ms: number) {
      wallMs += ms;
      steadyMs += ms;
    },
    set(byMs: number) {
      wallMs += byMs;
    },
  };
}

describe('silence', () => {
  const run = { id: 1, lastTileAtMs: 0 };

  it('is measured by the steady clock from the last tile on', () => {
    const clock = clocks();
    const silence = createSilence(STALL_MS, clock);
    silence.broken(1);
    clock.set(DAY_MS);
    clock.wait(100);
    expect(silence.nowMs() - silence.lastTileAtMs(run)).toBe(100);
  });

  it.each([
    ['a third of the limit ago, so long', 200_000, 200_000],
    ['a day ago, half of the limit', DAY_MS, 300_000],
    ['tomorrow, as after a clock set back, nothing', -DAY_MS, 0],
  ])('before this process counts by the wall clock, and is bounded: a tile %s', (_, agoMs, silentMs) => {
    const clock = clocks();
    const run = { id: 1, lastTileAtMs: clock.wallMs() };
    clock.set(agoMs);
    const silence = createSilence(STALL_MS, clock);
    expect(silence.nowMs() - silence.lastTileAtMs(run)).toBe(silentMs);
    clock.wait(50); // and goes on from there
    expect(silence.nowMs() - silence.lastTileAtMs(run)).toBe(silentMs + 50);
  });
});

describe('a run while the clock is set', () => {
  it.each([
    ['forward', DAY_MS],
    ['back', -DAY_MS],
  ])('%s by a day ends when its silence does, not before', async (_, byMs) => {
    const place = premises();
    const clock = clocks();
    const walk = await walkOn(place, { settings: { grid: { stallAfterS: STALL_MS / 1000 } }, clocks: clock });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await walk.take(...paths.slice(0, 3));
    clock.set(byMs);
    walk.pipeline.tick();
    await walk.take(...paths.slice(3, 5)); // a summary after the jump
    walk.pipeline.tick();
    await walk.pipeline.idle();
    expect(walk.summaries().map(({ final }) => final)).not.toContain(true);
    clock.wait(STALL_MS - 1);
    walk.pipeline.tick();
    await walk.pipeline.idle();
    expect(walk.summaries().map(({ final }) => final)).not.toContain(true);
    clock.wait(1);
    walk.pipeline.tick();
    await walk.pipeline.idle();
    expect(walk.summaries().filter(({ final }) => final)).toMatchObject([
      { state: 'stalled', statistics: { tiles: 5 } },
    ]);
  });

  it('forward by a day while no daemon runs ends after half its silence at the next start', async () => {
    const place = premises();
    const clock = clocks();
    const settings = { grid: { stallAfterS: STALL_MS / 1000 } };
    const first = await walkOn(place, { settings, clocks: clock });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await first.take(...paths.slice(0, 3));
    clock.set(DAY_MS);
    const second = await walkOn(place, { settings, clocks: clock });
    second.pipeline.resume();
    clock.wait(STALL_MS / 2 - 1);
    second.pipeline.tick();
    await second.pipeline.idle();
    expect(second.summaries().at(-1)).toMatchObject({ final: false });
    clock.wait(1);
    second.pipeline.tick();
    await second.pipeline.idle();
    expect(second.summaries().at(-1)).toMatchObject({ final: true, state: 'stalled' });
  });
});
