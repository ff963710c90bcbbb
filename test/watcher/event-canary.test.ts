import { describe, expect, it } from 'vitest';
import { EventCanary } from '../../src/watcher/event-canary.ts';
import { recorder } from '../publish/sending.ts';

const first = { path: '/export/a/1.tif' };
const second = { path: '/export/a/2.tif' };

function canary() {
  const log = recorder();
  return { log, bird: new EventCanary({ folder: '/export', rescanIntervalMs: 60_000, logger: log }) };
}

describe('the canary of file events', () => {
  it('is dead five seconds after a scan found a file in a folder that was listened to, without an event', () => {
    const { bird } = canary();
    bird.scanned([first], [first], 0);
    bird.scanned([first, second], [second], 60_000);
    expect(bird.isDead(64_999)).toBe(false);
    expect(bird.isDead(65_000)).toBe(true);
  });

  it('takes any event as a sign of life, also after it was dead', () => {
    const { bird } = canary();
    bird.scanned([first], [first], 0);
    bird.scanned([first, second], [second], 1000);
    bird.heard(7000);
    expect(bird.isDead(1e6)).toBe(false);
  });

  it('takes an event that came while a scan was under way for that of the file which the scan found', () => {
    const { bird } = canary();
    bird.scanned([first], [first], 0);
    bird.heard(59_000);
    bird.scanned([first, second], [second], 60_000);
    expect(bird.isDead(1e6)).toBe(false);
    const third = { path: '/export/a/3.tif' };
    bird.scanned([first, second, third], [third], 120_000);
    expect(bird.isDead(125_000)).toBe(true);
  });

  it('expects no event of files in a folder that is new', () => {
    const { bird } = canary();
    bird.scanned([first], [first], 0);
    const other = { path: '/export/b/1.tif' };
    bird.scanned([first, other], [other], 1000);
    expect(bird.isDead(1e6)).toBe(false);
  });

  it('tells it once, with the key to set, and once when events are back', () => {
    const { bird, log } = canary();
    bird.scanned([first], [first], performance.now() - 20_000);
    bird.scanned([first, second], [second], performance.now() - 10_000);
    bird.tell();
    bird.tell();
    bird.heard();
    bird.tell();
    bird.tell();
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
    expect(log.lines[0]?.message).toContain('set watch.polling: true');
  });
});
