import { CommandRefusedError } from './command-kinds.ts';

/** A broker may deliver a request again, days later; whoever asked has given up by then. */
const oldestMs = 600_000;
/** What the clocks of two machines may differ by. */
const clocksApartMs = 60_000;

/** @throws CommandRefusedError where a request is older than ten minutes by its own stamp, or from the future */
export function requireFresh(at: string | undefined, nowMs: number): void {
  if (at === undefined) return;
  const ageMs = nowMs - Date.parse(at);
  if (ageMs > oldestMs) {
    const age = `${Math.round(ageMs / 1000)} s old, at most ${oldestMs / 1000} s are allowed`;
    throw new CommandRefusedError(`at: the request is ${age}; send a new one if it is still meant`);
  }
  if (ageMs < -clocksApartMs) {
    const ahead = `${Math.round(-ageMs / 1000)} s ahead of the clock of particled`;
    throw new CommandRefusedError(`at: ${at} is ${ahead}, at most ${clocksApartMs / 1000} s; set the clocks`);
  }
}
