import type { QueueConnection } from '../../config/queue.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import type { QueueEnd } from '../../queue/access.ts';
import { MEMORY_ADVICE, queueAdvice, RIGHTS_ADVICE } from '../../queue/advice.ts';
import { bytesText } from '../../report/night/conditions.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { type QueueSeen, tryQueue } from '../try-queue.ts';

const CHECK = 'queue';
/** Its scripts and streams need it. */
const OLDEST = [6, 2] as const;
/** From here on keys can be let be read and not written (`%R~`), as in examples/queue/users.acl. */
const WITH_READ_KEYS = 7;
/** A server nearly full refuses tiles. */
const FREE_SHARE_MIN = 0.2;

/** Whether the queue can be used as a daemon or a worker uses it; none of its jobs is touched. */
export async function checkQueue(settings: QueueConnection, key: string, end: QueueEnd): Promise<Finding[]> {
  const { url } = settings;
  let seen: QueueSeen;
  try {
    seen = await tryQueue(settings, key, end);
  } catch (error) {
    if (error instanceof ConfigError)
      return [failure(CHECK, error.faults.join('; '), 'give a file that this user can read')];
    const reason = messageOf(error) || 'no reason is told';
    return [failure(CHECK, `${url}: no connection (${reason})`, queueAdvice(reason, key))];
  }
  const rights = judgeRights(seen, settings, end);
  if (rights.verdict === 'failure') return [rights];
  return [judgeServer(seen, url), rights, judgeMemory(seen), judgeRestart(seen), judgeWorkers(seen, end)];
}

export function judgeServer({ name, version }: Pick<QueueSeen, 'name' | 'version'>, url: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const found = `${url}: connected, ${name} ${version}`;
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (isOld)
    return failure(CHECK, `${found}, older than ${OLDEST.join('.')}`, 'install Valkey, or Redis 7 or later');
  return major < WITH_READ_KEYS
    ? attention(
        CHECK,
        `${found}: it does not start with examples/queue/users.acl, whose keys that are only read need ${WITH_READ_KEYS}`,
        'install Valkey, or Redis 7 or later',
      )
    : ok(CHECK, found);
}

function judgeRights({ forbidden }: QueueSeen, { username }: QueueConnection, end: QueueEnd): Finding {
  const check = `${CHECK}, rights`;
  if (forbidden.length === 0)
    return ok(check, `the user ${username ?? 'default'} may do all that a ${end} does`);
  const named = `${forbidden.slice(0, 5).join(', ')}${forbidden.length > 5 ? `, and ${forbidden.length - 5} more` : ''}`;
  return failure(check, `the user ${username ?? 'default'} may not send: ${named}`, RIGHTS_ADVICE);
}

function judgeMemory({ usedBytes, mostBytes, evictionPolicy }: QueueSeen): Finding {
  const check = `${CHECK}, memory`;
  const found = `${bytesText(usedBytes)} of ${mostBytes === null ? 'no limit' : bytesText(mostBytes)} used, maxmemory-policy ${evictionPolicy}`;
  if (evictionPolicy !== 'noeviction')
    return attention(
      check,
      `${found}: full, it throws tiles away, which are then asked for again`,
      'set maxmemory-policy noeviction at the server',
    );
  if (mostBytes === null)
    return attention(
      check,
      `${found}: it may take all memory of its computer`,
      'set maxmemory at the server (examples/queue/valkey.conf)',
    );
  return 1 - usedBytes / mostBytes < FREE_SHARE_MIN
    ? attention(check, `${found}: full, it refuses tiles, which then wait`, MEMORY_ADVICE)
    : ok(check, found);
}

function judgeRestart({ isKept }: QueueSeen): Finding {
  return ok(
    `${CHECK}, restart`,
    isKept
      ? 'what is in the queue survives a restart of the server (appendonly yes)'
      : 'a restart of the server empties the queue (appendonly no): daemons put their tiles again, and none is lost',
  );
}

function judgeWorkers({ workers: { fitting, others } }: QueueSeen, end: QueueEnd): Finding {
  const check = `${CHECK}, workers`;
  const found = `${counted(fitting.length, 'worker')} of this version${fitting.length > 0 ? ` (${fitting.map(({ worker }) => worker).join(', ')})` : ''}`;
  const [other] = others;
  if (other)
    return attention(
      check,
      `${found}; ${counted(others.length, 'worker')} of another, as ${other.worker} of ${other.softwareVersion}, which takes no tiles of this one`,
      'install the same particled on daemons and workers',
    );
  return fitting.length === 0 && end === 'daemon'
    ? attention(
        check,
        `${found}: tiles are segmented on this computer`,
        'start particled worker (docs/scale.md)',
      )
    : ok(check, found);
}
