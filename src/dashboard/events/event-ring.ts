import type { LiveEvent } from '../api/event.ts';

/** One event as it is sent. */
export interface SentEvent {
  readonly place: number;
  readonly text: string;
}

/** The latest events, which readers follow each at their own pace: none of them has a queue of its own. */
export interface EventRing {
  /** Keeps the event and tells all who wait. */
  push(event: LiveEvent): void;
  /** Where the next event will stand. */
  end(): number;
  /** The event that stands there; null where there is none yet; undefined where it is no longer kept. */
  at(place: number): SentEvent | null | undefined;
  /** The place after the event of this id; undefined where it is not known or not kept, so that something may be missing. */
  placeAfter(id: string): number | undefined;
  /** `reset` for whoever has missed something: it goes on from the end. */
  reset(): SentEvent;
  /** Calls whenever there is more, until the function given back is called. */
  follow(more: () => void): () => void;
}

const KEPT = 4_000;

/**
 * @param source names whose events these are: ids of another process are not known
 * @param kept so many of the latest
 */
export function createEventRing(source: string, kept = KEPT): EventRing {
  const texts: string[] = []; // place modulo `kept`
  const followers = new Set<() => void>();
  let end = 0;
  const oldest = (): number => Math.max(0, end - kept);
  // An id is that of the last event which its reader has: the first has the place 0.
  const idOf = (place: number): string => `${source}-${place}`;
  return {
    push(event) {
      texts[end % kept] = eventText(idOf(end), event);
      end += 1;
      for (const more of followers) more();
    },
    end: () => end,
    at(place) {
      if (place >= end) return null;
      const text = place < oldest() ? undefined : texts[place % kept];
      return text === undefined ? undefined : { place, text };
    },
    placeAfter(id) {
      const [, of, digits = ''] = /^(.+?)-(-1|\d{1,15})$/.exec(id) ?? [];
      const next = Number(digits) + 1;
      return of === source && next >= oldest() && next <= end ? next : undefined;
    },
    reset: () => ({ place: end - 1, text: eventText(idOf(end - 1), { type: 'reset' }) }),
    follow(more) {
      followers.add(more);
      return () => void followers.delete(more);
    },
  };
}

function eventText(id: string, event: LiveEvent): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
