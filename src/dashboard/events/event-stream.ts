import type { ServerResponse } from 'node:http';
import type { EventRing } from './event-ring.ts';

/** A line in between keeps proxies from ending it, and tells the page that it still lives. */
const COMMENT_MS = 15_000;
/** Whoever takes nothing for so long is gone. */
const STUCK_MS = 60_000;

/**
 * Sends events as they come, from the one after `lastId`; whoever asks for the first time begins with what comes next.
 * A reader that is too slow has one buffer of the system and no more: it gets what it has missed from the ring, or `reset`.
 * @param lastId what the reader has, as it says; undefined for the first time
 */
export function streamEvents(response: ServerResponse, ring: EventRing, lastId: string | undefined): void {
  let next = lastId === undefined ? ring.end() : ring.placeAfter(lastId);
  let isFull = false;
  let stuck: NodeJS.Timeout | undefined;

  function write(text: string): void {
    if (response.write(text)) return;
    isFull = true;
    stuck ??= setTimeout(() => response.destroy(), STUCK_MS);
  }

  function pump(): void {
    while (!isFull && !response.destroyed) {
      const event = next === undefined ? undefined : ring.at(next);
      if (event === null) return;
      const sent = event ?? ring.reset();
      next = sent.place + 1;
      write(sent.text);
    }
  }

  const unfollow = ring.follow(pump);
  const comments = setInterval(() => {
    if (!isFull) write(':\n\n');
  }, COMMENT_MS);
  response.on('drain', () => {
    isFull = false;
    clearTimeout(stuck);
    stuck = undefined;
    pump();
  });
  response.on('error', () => {}); // it closes as well
  response.once('close', () => {
    unfollow();
    clearInterval(comments);
    clearTimeout(stuck);
  });
  // A browser that has lost the line comes back after this pause.
  write('retry: 2000\n\n');
  pump();
}
