import { randomBytes } from 'node:crypto';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { lowerPriority } from '../process-priority.ts';
import type { FromPage } from './channel.ts';
import { createDaemonLink } from './daemon-link.ts';
import { createEventRing } from './events/event-ring.ts';
import { serveLivePage } from './live-page.ts';
import { dashboardSettings } from './settings.ts';

/** The process of the live page: it reads the store beside the daemon, and answers browsers. */
const settings = dashboardSettings.parse(JSON.parse(process.argv[2] ?? '{}'));

// The next tile comes before whoever looks at the last one.
lowerPriority('low');

/** A daemon that is gone, or has much to read, wants no more of it. */
function send(message: FromPage): void {
  process.send?.(message, undefined, undefined, () => {});
}

const say =
  (level: keyof Logger): Logger[keyof Logger] =>
  (facts, message) =>
    send({ kind: 'log', level, facts, message });
const logger: Logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };

// Ids of the process before are not known to this one: whoever has one reads all anew.
const events = createEventRing(randomBytes(6).toString('hex'));
const daemon = createDaemonLink(send, (status) => events.push({ type: 'status', status }));
process.on('message', (message) => daemon.hear(message));

// Ctrl-C and systemd signal the daemon's whole group; the daemon alone decides when its processes end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => {
  logger.error({ err: messageOf(error) }, 'the live page has failed');
  process.exit(1);
});

await serveLivePage({ settings, events, daemon, logger }, send);
