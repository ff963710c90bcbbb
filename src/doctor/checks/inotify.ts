import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import { attention, type Finding, ok } from '../finding.ts';

/** A limit of this user and what is used of it; null where it is not told. */
export interface InotifyLook {
  readonly watches: { readonly limit: number | null; readonly used: number };
  readonly instances: { readonly limit: number | null; readonly used: number };
}

const CHECK = 'inotify';
/** A watch a folder: an export folder of a year has some hundreds. */
const WATCHES_FREE_MIN = 1000;
const INSTANCES_FREE_MIN = 2;

export function lookAtInotify(): InotifyLook {
  const used = inotifyUse();
  return {
    watches: { limit: limitOf('watches'), used: used.watches },
    instances: { limit: limitOf('instances'), used: used.instances },
  };
}

export function judgeInotify(
  { watches, instances }: InotifyLook,
  { polling }: Pick<Config['watch'], 'polling'>,
): Finding {
  if (polling) return ok(CHECK, 'not used: watch.polling is true');
  if (watches.limit === null || instances.limit === null) return ok(CHECK, 'no limits are told here');
  const found =
    `${watches.used} of ${watches.limit} watches and ${instances.used} of ${instances.limit} instances ` +
    'are seen in use by this user';
  const short = [
    ...(watches.limit - watches.used < WATCHES_FREE_MIN
      ? [`fs.inotify.max_user_watches=${2 * watches.limit + 8192}`]
      : []),
    ...(instances.limit - instances.used < INSTANCES_FREE_MIN
      ? [`fs.inotify.max_user_instances=${2 * instances.limit + 128}`]
      : []),
  ];
  if (short.length === 0) return ok(CHECK, found);
  return attention(
    CHECK,
    `${found}; without a free one new files are found by listing alone, every watch.rescanIntervalS`,
    `sysctl ${short.join(' ')}, and the same in /etc/sysctl.d; or set watch.polling: true`,
  );
}

/** Sum over the processes that this user may look at: each instance is an open file, each watch a line of its fdinfo. */
function inotifyUse(): { watches: number; instances: number } {
  let [watches, instances] = [0, 0];
  for (const pid of listed('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!isOwn(`/proc/${pid}`)) continue;
    for (const fd of listed(`/proc/${pid}/fdinfo`)) {
      const lines = textOf(`/proc/${pid}/fdinfo/${fd}`).split('\n');
      const own = lines.filter((line) => line.startsWith('inotify wd:')).length;
      watches += own;
      if (own > 0) instances += 1;
    }
  }
  return { watches, instances };
}

/** The system's limit, or that of the user namespace (a container) where it is lower. */
function limitOf(what: 'watches' | 'instances'): number | null {
  const limits = [`/proc/sys/fs/inotify/max_user_${what}`, `/proc/sys/user/max_inotify_${what}`]
    .map((file) => textOf(file).trim())
    .filter((text) => /^\d+$/.test(text))
    .map(Number);
  return limits.length === 0 ? null : Math.min(...limits);
}

function isOwn(path: string): boolean {
  try {
    return statSync(path).uid === process.getuid?.();
  } catch {
    return false;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // another user's, or it has ended
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
