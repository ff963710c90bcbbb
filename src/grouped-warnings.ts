import type { Logger } from './logger.ts';

/** Warnings of which thousands may have one cause: each cause is one line, with their number and the first names. */
export interface GroupedWarnings {
  /**
   * @param cause those alike are told together
   * @param name what tells one from the others of its cause
   * @param facts of this one, told where it is the first
   */
  warn(cause: string, name: string, facts: object): void;
  /** Tells at once what was still being gathered. */
  flush(): void;
}

interface Group {
  facts: object;
  names: string[];
  count: number;
  openedAtMs: number;
  toldAtMs: number;
  holdMs: number;
  timer: NodeJS.Timeout | undefined;
}

/** A cause is told once nothing more of it has come for so long, at the latest after the longest wait. */
const QUIET_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** A cause that goes on is told ever less often, up to once an hour. */
const FIRST_HOLD_MS = 10_000;
const LONGEST_HOLD_MS = 3_600_000;
const NAMED = 3;
const MOST_CAUSES = 100;

/**
 * @param one the message where there was only one, told with its own facts
 * @param many the message where there were more
 */
export function createGroupedWarnings(logger: Logger, one: string, many: string): GroupedWarnings {
  const groups = new Map<string, Group>();

  function tell(cause: string, group: Group): void {
    clearTimeout(group.timer);
    group.timer = undefined;
    const { facts, names, count } = group;
    if (count === 0) return;
    if (count === 1) logger.warn(facts, one);
    else logger.warn({ cause, count, first: names, ...withoutName(facts, names[0]) }, many);
    group.count = 0;
    group.names = [];
    group.toldAtMs = performance.now();
    group.holdMs = Math.min(2 * group.holdMs, LONGEST_HOLD_MS);
  }

  function opened(cause: string): Group {
    const known = groups.get(cause);
    const nowMs = performance.now();
    // Whoever was silent for long is told soon again.
    if (known && (known.count > 0 || nowMs - known.toldAtMs < 10 * known.holdMs)) return known;
    if (groups.size >= MOST_CAUSES) {
      const [oldest] = groups;
      if (oldest) tell(...oldest);
      if (oldest) groups.delete(oldest[0]);
    }
    const group: Group = {
      ...{ facts: {}, names: [], count: 0, openedAtMs: nowMs, timer: undefined },
      ...{ toldAtMs: Number.NEGATIVE_INFINITY, holdMs: FIRST_HOLD_MS / 2 },
    };
    groups.set(cause, group);
    return group;
  }

  return {
    warn(cause, name, facts) {
      const group = opened(cause);
      const nowMs = performance.now();
      if (group.count === 0) Object.assign(group, { facts, openedAtMs: nowMs });
      group.count += 1;
      if (group.names.length < NAMED) group.names.push(name);
      const soon = Math.min(nowMs + QUIET_MS, group.openedAtMs + LONGEST_WAIT_MS);
      const held = group.toldAtMs + group.holdMs;
      clearTimeout(group.timer);
      group.timer = setTimeout(() => tell(cause, group), Math.max(soon, held) - nowMs).unref();
    },
    flush() {
      for (const [cause, group] of groups) tell(cause, group);
    },
  };
}

/** The first name stands in the list. */
function withoutName(facts: object, name: string | undefined): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== name));
}
