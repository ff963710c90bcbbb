import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEventRing } from '../../../src/dashboard/events/event-ring.ts';
import { openStore, type Store } from '../../../src/store/database.ts';
import { exampleParticle, exampleRun, message, seenTile, segmentedTile } from '../../store/examples.ts';
import { type Premises, premises } from '../../support/premises.ts';
import { until } from '../../support/until.ts';
import { type Served, served } from '../served.ts';

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows the events as a browser does. */
function listen({ url }: Served, lastId?: string): { readonly heard: Heard[]; close(): void } {
  const heard: Heard[] = [];
  const ended = new AbortController();
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId };
  const read = async (): Promise<void> => {
    const { body } = await fetch(`${url}/api/v1/events`, { headers, signal: ended.signal });
    let text = '';
    for await (const part of body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        if (fields.data) heard.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
      }
    }
  };
  read().catch(() => {}); // it was closed
  onTestFinished(() => ended.abort());
  return { heard, close: () => ended.abort() };
}

function storeOf(place: Premises): Store {
  const store = openStore(place.storeFile);
  onTestFinished(() => store.close());
  return store;
}

const heardAll = (what: string, { heard }: { heard: Heard[] }, count: number) =>
  until(what, () => heard.length >= count, { timeoutMs: 10_000, describe: () => JSON.stringify(heard) });

describe('events of the live page', () => {
  it('tell of a tile that comes, is segmented and fails, and of its run', async () => {
    const place = premises();
    const store = storeOf(place);
    const here = await served(place);
    here.look();
    const reader = listen(here);
    await heardAll('the status', reader, 1);
    expect(reader.heard[0]).toMatchObject({ event: 'status', data: { type: 'status' } });

    const { id: runId } = store.runs.create(exampleRun);
    const one = store.tiles.noteSeen(seenTile(runId, 'one'));
    here.look();
    store.results.recordResult(one.tileId, segmentedTile([exampleParticle(1), exampleParticle(2, false)]), [
      message('t'),
    ]);
    here.look();
    const two = store.tiles.noteSeen(seenTile(runId, 'two'));
    store.results.recordFailure(two.tileId, { reason: '/srv/export/two.tiff: no memory', final: true }, [
      message('t'),
    ]);
    here.look();
    here.look(); // nothing has changed
    await heardAll('eight events', reader, 7);
    const news = reader.heard.slice(1).map(({ event, data }) => {
      const tile = data.tile as
        | { name: string; state: string; particles: number; uncertain: number; reason: string }
        | undefined;
      return tile ? [event, tile.name, tile.state, tile.particles, tile.uncertain, tile.reason] : [event];
    });
    expect(news).toEqual([
      ['run'],
      ['tile', 'one.tiff', 'waiting', null, null, null],
      ['run'],
      ['tile', 'one.tiff', 'segmented', 2, 1, null],
      ['run'],
      ['tile', 'two.tiff', 'failed', null, null, '.../two.tiff: no memory'],
    ]);
  });

  it('tell of a place that was imaged again, and of a revision', async () => {
    const place = premises();
    const store = storeOf(place);
    const { id: runId } = store.runs.create(exampleRun);
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'one'));
    const here = await served(place);
    here.look();
    const reader = listen(here);
    await heardAll('the status', reader, 1);
    store.tiles.supersede(tileId);
    const d50 = { value: 10, low95: 9, high95: 11 };
    store.summaries.save(runId, 'filling', (revision) => message('summary', { revision }));
    store.precisions.note(runId, { revision: 1, tiles: 2, d10: d50, d50, d90: d50 });
    here.look();
    await heardAll('run, gone and summary', reader, 4);
    expect(reader.heard.slice(1).map(({ event }) => event)).toEqual(['run', 'tile-gone', 'summary']);
    expect(reader.heard.at(-1)?.data).toMatchObject({
      ...{ revision: 1, run: exampleRun.name },
      precision: { revision: 1, tiles: 2, d50Um: { value: 10, low: 9, high: 11 } },
    });
  });

  it('resume after the last one that a reader had, without a gap and without a repetition', async () => {
    const place = premises();
    storeOf(place);
    const here = await served(place);
    const push = (revision: number) =>
      here.parts.events.push({ type: 'summary', sampleId: 's', run: 'r', revision });
    push(1);
    push(2);
    const first = listen(here, 'test-0');
    await heardAll('the second', first, 2);
    first.close();
    push(3);
    push(4);
    const again = listen(here, first.heard.at(-1)?.id);
    await heardAll('what was missed', again, 3);
    push(5);
    await heardAll('what came since', again, 4);
    expect(again.heard.slice(1).map(({ data }) => data.revision)).toEqual([3, 4, 5]);
    const ids = again.heard.slice(1).map(({ id }) => Number(id.split('-')[1]));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('begin with a reset for whoever has missed what is no longer kept, or comes from another process', async () => {
    const place = premises();
    storeOf(place);
    const here = await served(place);
    const push = (revision: number) =>
      here.parts.events.push({ type: 'summary', sampleId: 's', run: 'r', revision });
    for (let revision = 1; revision <= 60; revision++) push(revision); // 50 are kept
    for (const lastId of ['test-3', 'other-59', 'nonsense', 'test-1000']) {
      const reader = listen(here, lastId);
      await heardAll('a reset', reader, 2);
      expect(reader.heard[1]?.event, lastId).toBe('reset');
      push(100);
      await heardAll('what came after it', reader, 3);
      expect(reader.heard[2]?.data, lastId).toMatchObject({ revision: 100 });
      reader.close();
    }
  });

  it('keep nothing for a reader that takes nothing but what all share', async () => {
    const place = premises();
    storeOf(place);
    const here = await served(place);
    const socket = connect(Number(new URL(here.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await once(socket, 'data'); // the stream has begun
    socket.pause();
    const label = 'x'.repeat(100_000);
    for (let at = 0; at < 1_000; at++) {
      here.parts.events.push({ type: 'summary', sampleId: `${label}${at}`, run: 'r', revision: at });
      if (at % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.resume();
    await until('the reset', () => text.includes('event: reset'), { timeoutMs: 10_000 });
    here.parts.events.push({ type: 'summary', sampleId: 'last', run: 'r', revision: 0 });
    await until('what comes after it', () => text.includes('"last"'), { timeoutMs: 10_000 });
    // Of 100 MB it gets what the system held and what the ring keeps, which are 5 MB.
    expect(text.length).toBeLessThan(30e6);
    expect(text).not.toContain(`x500"`);
  });
});

describe('the ring of events', () => {
  it('goes on from where somebody is, and says where that is gone', () => {
    const ring = createEventRing('a', 2);
    expect([ring.placeAfter('a--1'), ring.placeAfter('a-0')]).toEqual([0, undefined]);
    for (let revision = 0; revision < 3; revision++)
      ring.push({ type: 'summary', sampleId: 's', run: 'r', revision });
    expect(ring.at(0)).toBeUndefined();
    expect(ring.at(1)?.text).toContain('"revision":1');
    expect(ring.at(3)).toBeNull();
    expect(['a--1', 'a-0', 'a-2', 'a-3'].map((id) => ring.placeAfter(id))).toEqual([
      undefined,
      1,
      3,
      undefined,
    ]);
    expect(ring.reset().text).toBe('id: a-2\nevent: reset\ndata: {"type":"reset"}\n\n');
  });
});
