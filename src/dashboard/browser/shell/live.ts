import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { StatusMessage } from '../../../publish/schema/status.ts';
import type { LiveEvent } from '../../api/event.ts';
import { API, refusal } from './api.ts';
import { eventParser } from './event-stream.ts';

/** `lost` after it was live, until it is live again. */
export type Connection = 'connecting' | 'live' | 'lost';

export const connection = signal<Connection>('connecting');

/** What the daemon last said of itself; null before. */
export const status = signal<StatusMessage | null>(null);

/** Counts up whenever all that was read may be old: what is shown is then read anew. */
export const resets = signal(0);

/** The server says something at least so often; a line that is silent for longer is dead. */
const SILENCE_MAX_MS = 45_000;
const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 15_000;
/** Browsers keep few connections to one host: a page that nobody sees gives its own back, and resumes. */
const HIDDEN_MAX_MS = 60_000;

const listeners = new Set<(event: LiveEvent) => void>();
let lastId = '';
let wasOpen = false;

/** The first answers wait so long for the events, so that nothing falls between the two. */
const FIRST_WAIT_MS = 400;
const opened = Promise.withResolvers<void>();
const firstWait = Promise.race([opened.promise, new Promise<void>((end) => setTimeout(end, FIRST_WAIT_MS))]);
let isWaitOver = false;
firstWait.then(() => {
  isWaitOver = true;
});

/** Resolves once what is read from now on will be kept up to date by events. */
export function whenFollowing(): Promise<void> {
  return isWaitOver ? Promise.resolve() : firstWait;
}

function onOpen(): void {
  connection.value = 'live';
  // What was read before the first events, or before a line that gave no id to resume by, may be old.
  if (lastId === '' && (wasOpen || isWaitOver)) tell({ type: 'reset' });
  wasOpen = true;
  opened.resolve();
}

/** Calls with every event, from now on; the function given back ends that. */
function onLive(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Calls with every event while the component is shown. */
export function useLive(listener: (event: LiveEvent) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => onLive((event) => latest.current(event)), []);
}

function tell(event: LiveEvent): void {
  if (event.type === 'status') status.value = event.status;
  if (event.type === 'reset') resets.value += 1;
  for (const listener of listeners) listener(event);
}

/** Follows the daemon's events until `signal` ends it, coming back by itself wherever the line breaks. */
export async function followEvents(signal: AbortSignal): Promise<void> {
  let pauseMs = PAUSE_MIN_MS;
  while (!signal.aborted) {
    await whenSeen(signal);
    const wasLive = await followOnce(signal).catch(() => false);
    if (signal.aborted) return;
    if (document.visibilityState === 'visible' && connection.value === 'live') connection.value = 'lost';
    pauseMs = wasLive ? PAUSE_MIN_MS : Math.min(PAUSE_MAX_MS, 2 * pauseMs);
    await Promise.race([
      pause(pauseMs, signal),
      new Promise((back) => addEventListener('online', back, { once: true })),
    ]);
  }
}

/** True where the line was open. */
async function followOnce(signal: AbortSignal): Promise<boolean> {
  const line = new AbortController();
  const end = () => line.abort();
  signal.addEventListener('abort', end, { once: true });
  let silence = setTimeout(end, SILENCE_MAX_MS);
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENCE_MAX_MS);
  };
  const stopWatching = whenHidden(end);
  let isOpen = false;
  try {
    const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
    const response = await fetch(`${API}/events`, { headers, signal: line.signal, cache: 'no-store' });
    if (!response.ok || !response.body) throw await refusal(response, 'events');
    isOpen = true;
    onOpen();
    const parse = eventParser(({ id, data }) => {
      lastId = id;
      tell(JSON.parse(data));
    }, heard);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      heard();
      parse(piece.value);
    }
  } catch {
    // However the line broke, it is opened again.
  } finally {
    clearTimeout(silence);
    stopWatching();
    signal.removeEventListener('abort', end);
  }
  return isOpen;
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function whenSeen(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look, { once: true });
  });
}

/** Calls once the page was hidden for long; the function given back ends the watch. */
function whenHidden(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(then, HIDDEN_MAX_MS);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
