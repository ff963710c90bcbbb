import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { TilePieces } from '../../src/dashboard/api/particle.ts';
import type { RunDetail, RunEntry } from '../../src/dashboard/api/run.ts';
import { type Listener, listen } from '../support/listener.ts';
import { until } from '../support/until.ts';
import { startBrowser } from './chromium.ts';
import { answered, faultsOf, type LiveDaemon, liveDaemon, scan } from './live-daemon.ts';

/** The tile of a run that was scanned and counted, and pieces of it that no border cuts. */
async function countedTile(live: LiveDaemon) {
  await scan(live, { rows: 1, columns: 1 });
  const { runs } = await until('the run', async () => {
    const listed = await answered<{ runs: RunEntry[] }>(live, 'runs');
    return listed.runs[0]?.final === true && listed;
  });
  const { sampleId, run } = runs[0]!;
  const { tiles } = await answered<RunDetail>(live, `runs/${sampleId}/${run}`);
  const { contentHash } = tiles[0]!;
  const { pieces } = await answered<TilePieces>(live, `tiles/${contentHash}/pieces`);
  return {
    address: `${live.url}/samples/${sampleId}/${run}/tiles/${contentHash}`,
    whole: pieces.filter(({ touchesBorder }) => !touchesBorder),
  };
}

async function openAs(page: Page, address: string, reviewer: string): Promise<void> {
  await page.goto(address);
  await page.fill('input[name=reviewer]', reviewer);
  await page.click('text=Begin');
}

/** Clicks a piece in the list, from where keys are understood. */
async function choose(page: Page, number: number): Promise<void> {
  await page.locator(`#piece-${number}`).click();
  await expect
    .poll(() => page.locator('[role=option][aria-selected=true]').allTextContents())
    .toEqual([expect.stringMatching(`^Piece ${number},`)]);
}

const saidOn = (page: Page) => expect.poll(() => page.locator('.desk .said').textContent());

async function revisionAfter(listener: Listener, revision: number) {
  return until(`a revision after ${revision}`, () =>
    listener.summaries().find((summary) => summary.revision > revision),
  );
}

it('a correction goes from the page to a new revision on MQTT, with both figures, and back', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 1 } });
  const listener = await listen(live.brokerUrl, 'particled/#', 4);
  const { address, whole } = await countedTile(live);
  const found = await listener.finalSummary();
  const [deleted, judged] = whole;
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults = faultsOf(page);
  await openAs(page, address, 'Ada');

  await choose(page, deleted!.number);
  await page.keyboard.press('Delete');
  await saidOn(page).toBe(`Piece ${deleted!.number} is none`);
  await choose(page, judged!.number);
  await page.keyboard.press(judged!.certain ? 'u' : 'c');
  await saidOn(page).toBe(`Piece ${judged!.number} is ${judged!.certain ? 'uncertain' : 'certain'}`);
  await page.click('text=Count this sample with its corrections');

  const reviewed = await revisionAfter(listener, found.revision);
  expect(reviewed.provenance.reviewedBy).toEqual(['Ada']);
  expect(reviewed.statistics.review).toMatchObject({
    ...{ corrections: 2, tiles: 1 },
    unreviewed: {
      count: found.statistics.all.count,
      uncertainCount: found.statistics.uncertain.count,
      diameterUm: { d50: { value: found.statistics.all.diameterEquivalentUm?.d50.value } },
    },
  });
  expect(reviewed.statistics.all.count).toBe(found.statistics.all.count - 1);
  // The deleted one may have been uncertain; the judged one has changed sides.
  const uncertain =
    found.statistics.uncertain.count - (deleted!.certain ? 0 : 1) + (judged!.certain ? 1 : -1);
  expect(reviewed.statistics.uncertain.count).toBe(uncertain);

  // The page holds the same figures against each other, and tells of whom they are.
  const rows = page.locator('section[aria-labelledby=count-again] tbody tr');
  await expect
    .poll(() => rows.first().locator('td').allTextContents())
    .toEqual([String(reviewed.statistics.all.count), String(found.statistics.all.count)]);
  expect(await page.textContent('section[aria-labelledby=count-again]')).toContain('made by Ada');
  const list = page.locator('ol.corrections li');
  await expect
    .poll(() => list.allTextContents())
    .toEqual([
      expect.stringContaining(`counted in revision ${reviewed.revision}`),
      expect.stringContaining(`Piece ${deleted!.number} is none`),
    ]);

  // Taken back, and counted again: what the model found.
  const undoButtons = page.locator('ol.corrections button');
  for (let left = 2; left > 0; left--) {
    await undoButtons.first().click();
    await expect.poll(() => undoButtons.count()).toBe(left - 1);
  }
  await page.click('text=Count this sample with its corrections');
  const back = await revisionAfter(listener, reviewed.revision);
  expect(back.statistics).not.toHaveProperty('review');
  expect(back.provenance).not.toHaveProperty('reviewedBy');
  expect(back.statistics.all).toEqual(found.statistics.all);
  expect(faults).toEqual([]);
});

it('a piece is drawn, redrawn, split and merged by keys alone, and by the pointer', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 1 } });
  const { address, whole } = await countedTile(live);
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await openAs(page, address, 'Ada');
  const option = () => page.locator('[role=option][aria-selected=true]').allTextContents();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const times = (count: number, key: string) => Array.from({ length: count }, () => key);
  await choose(page, whole[0]!.number);

  // Drawn by keys: a square of 40 px from the middle of the tile.
  await press('d', 'Space', ...times(8, 'ArrowRight'), 'Space', ...times(8, 'ArrowDown'), 'Space');
  await press(...times(8, 'ArrowLeft'), 'Space', 'Enter');
  await saidOn(page).toMatch(/^A missing piece drawn, certain: now piece \d+$/);
  const [drawn] = await option();
  const number = Number(/^Piece (\d+)/.exec(drawn!)?.[1]);

  // Redrawn by keys: the second corner 20 px further to the right.
  await press('r', 'PageDown', ...times(4, 'ArrowRight'), 'Enter');
  await saidOn(page).toBe(`Piece ${number} redrawn`);

  // Split by the pointer: the overlay is as large as the tile is shown.
  await press('s');
  const place = async (x: number, y: number): Promise<[number, number]> => {
    const box = await page.locator('.tile-overlay').boundingBox();
    return [box!.x + (x * box!.width) / 1920, box!.y + (y * box!.height) / 1200];
  };
  await page.waitForTimeout(800); // the view comes to rest
  await page.mouse.move(...(await place(980, 590)));
  await page.mouse.down();
  await page.mouse.move(...(await place(980, 620)));
  await page.mouse.move(...(await place(980, 650)));
  await page.mouse.up();
  await saidOn(page).toMatch(new RegExp(`^Piece ${number} split into 2: now pieces \\d+ and \\d+$`));
  expect(await option()).toHaveLength(2);

  // Both are chosen, and become one again.
  await press('m');
  await saidOn(page).toMatch(/^Pieces \d+ and \d+ merged: now piece \d+$/);
  const areas = await page.evaluate<
    string[]
  >(`fetch(location.pathname.replace(/.*tiles/, '/api/v1/tiles') + '/corrections')
    .then((answer) => answer.json())
    .then(({ corrections }) => corrections.map(({ change }) => change.kind))`);
  expect(areas).toEqual(['draw', 'redraw', 'split', 'merge']);

  // What the daemon refuses is said in its words, and can be sent again: an outline with a loop.
  await press('d', 'Space', ...times(8, 'ArrowRight'), 'Space', ...times(8, 'ArrowDown'));
  await press(...times(8, 'ArrowLeft'), 'Space', ...times(8, 'ArrowRight'), 'Space', 'Enter');
  await expect.poll(() => page.locator('.desk .fault').textContent()).toContain('the outline crosses itself');
  expect(await page.locator('text=Send it again').count()).toBe(1);
});

it('what one of two reviewers draws is never corrected by the other in place of his own', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 1 } });
  const { address, whole } = await countedTile(live);
  const browser = await startBrowser();
  const [ada, bob] = [await browser.newPage(), await browser.newPage()];
  await openAs(ada, address, 'Ada');
  await openAs(bob, address, 'Bob');
  const [gone] = whole;
  /** A triangle of 40 px, so far above the middle of the tile. */
  const draw = async (page: Page, stepsUp: number) => {
    await page.locator('[role=listbox]').focus();
    const steps = (count: number, key: string) => Array.from({ length: count }, () => key);
    const corners = ['Space', ...steps(8, 'ArrowRight'), 'Space', ...steps(8, 'ArrowDown'), 'Space'];
    for (const key of ['d', ...steps(stepsUp, 'ArrowUp'), ...corners, 'Enter'])
      await page.keyboard.press(key);
  };
  const drawn = /^A missing piece drawn, certain: now piece (\d+)$/;

  await choose(ada, gone!.number);
  await ada.keyboard.press('Delete');
  await saidOn(ada).toBe(`Piece ${gone!.number} is none`);
  await draw(ada, 0);
  await saidOn(ada).toMatch(drawn);
  const first = Number(drawn.exec((await ada.locator('.desk .said').textContent())!)![1]);

  // Bob has seen nothing of it: his piece gets the number after hers, and hers is shown from now on.
  await draw(bob, 20);
  await saidOn(bob).toBe(`A missing piece drawn, certain: now piece ${first + 1}`);
  await bob.keyboard.press('u');
  await saidOn(bob).toBe(`Piece ${first + 1} is uncertain`);
  expect(await bob.locator(`#piece-${first}`).textContent()).toContain('certain, drawn');
  await expect.poll(() => bob.locator('ol.corrections li').count()).toBe(4);

  // She deletes his; what he then says of it is refused, and his page shows what stands.
  await ada.reload();
  await choose(ada, first + 1);
  await ada.keyboard.press('Delete');
  await saidOn(ada).toBe(`Piece ${first + 1} is none`);
  await bob.keyboard.press('c');
  await expect.poll(() => bob.locator('.desk .fault').textContent()).toContain('was deleted by correction');
  await expect.poll(() => bob.locator(`#piece-${first + 1}`).count()).toBe(0);
});
