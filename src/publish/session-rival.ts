import { randomUUID } from 'node:crypto';
import { connectAsync, type IClientOptions } from 'mqtt';
import type { Logger } from '../logger.ts';

/** Another client of the same name at the broker, which has taken the session over. */
export interface SessionRival {
  /** It has the session, so that this client stays away. */
  readonly isThere: boolean;
  /** The broker has closed the connection for it. */
  appeared(): void;
  stop(): void;
}

export interface RivalOptions {
  readonly url: string;
  readonly options: IClientOptions;
  /** Where the rival says whether it is online. */
  readonly statusTopic: string;
  /** Pause before the first look; twice as long after each later takeover. */
  readonly lookAfterMs: number;
  readonly logger: Logger;
  /** It has gone: the session is free. */
  onGone(): void;
}

/** "Session taken over" of MQTT 5. */
export const SESSION_TAKEN_OVER = 142;

const LONGEST_LOOK_MS = 3_600_000;
const ANSWER_MS = 3_000;

/**
 * Two clients of one name would throw each other out for ever. The one that was thrown out stays away, and looks under
 * another name, now and then, whether the retained status or the last will says that the other is offline.
 */
export function createSessionRival(options: RivalOptions): SessionRival {
  const { lookAfterMs, logger, onGone } = options;
  let isThere = false;
  let takeovers = 0;
  let lastStatus: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  function lookLater(): void {
    const waitMs = Math.min(lookAfterMs * 2 ** (takeovers - 1), Math.max(lookAfterMs, LONGEST_LOOK_MS));
    timer = setTimeout(() => void look(), waitMs).unref();
  }

  async function look(): Promise<void> {
    // A broker that does not answer tells nothing of the rival.
    const status = await rivalsStatus(options).catch(() => undefined);
    if (!isThere) return;
    // A daemon says anew each half minute that it is online: the same words again are of one that ended without a will.
    const online = status === undefined || (isOnline(status) && status !== lastStatus);
    lastStatus = status ?? lastStatus;
    if (online) return lookLater();
    isThere = false;
    logger.info({ clientId: options.options.clientId }, 'the other client has gone; connecting again');
    onGone();
  }

  return {
    get isThere() {
      return isThere;
    },
    appeared() {
      isThere = true;
      takeovers += 1;
      lookLater();
    },
    stop() {
      isThere = false;
      clearTimeout(timer);
    },
  };
}

/** What somebody else has put there says nothing of the rival. */
function isOnline(status: string | null): boolean {
  try {
    return JSON.parse(status ?? '')?.state === 'online';
  } catch {
    return false;
  }
}

/** What the broker keeps on the topic of the status; null where it keeps nothing. */
async function rivalsStatus({ url, options, statusTopic }: RivalOptions): Promise<string | null> {
  const { will: _, ...anonymous } = options;
  const client = await connectAsync(url, {
    ...anonymous,
    clientId: `${options.clientId}-looks-${randomUUID().slice(0, 8)}`,
    reconnectPeriod: 0,
  });
  try {
    const status = new Promise<string | null>((resolve) => {
      client.on('message', (_topic, payload) => resolve(payload.toString()));
      setTimeout(() => resolve(null), ANSWER_MS).unref();
    });
    await client.subscribeAsync(statusTopic, { qos: 1 });
    return await status;
  } finally {
    await client.endAsync(true);
  }
}
