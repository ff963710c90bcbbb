import { timingSafeEqual } from 'node:crypto';
import type { Aedes, AuthenticateError, Client } from 'aedes';
import { createGroupedWarnings } from '../grouped-warnings.ts';
import type { Logger } from '../logger.ts';
import { isWithin, type OwnTopics } from './topics.ts';

/** A user name and its password. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

/** How the daemon shows at its own broker who it is; the password is made anew at each start and told nobody. */
export interface DaemonIdentity extends Account {
  readonly clientId: string;
}

/** Clients connected at once, the daemon not counted. */
export const mostClients = 100;

/** Identifier rejected, server unavailable, bad user name or password (MQTT 3.1.1, 3.2.2.3). */
const refusedId = 2;
const refusedNumber = 3;
const refusedPassword = 4;

export interface GuardSettings {
  readonly daemon: DaemonIdentity;
  /** What the daemon alone writes. */
  readonly ownTopics: OwnTopics;
  /** What all other clients must give; null: nothing. */
  readonly account: Account | null;
}

export interface BrokerGuard {
  isDaemon(client: Client): boolean;
  /** Whether it has said who it is, and was taken. */
  isKnown(client: Client): boolean;
}

/**
 * Lets the daemon alone write its own topics, but for requests; takes its client id from nobody else,
 * and keeps nothing in memory on a stranger's behalf: no retained message and no session.
 */
export function guardBroker(
  aedes: Aedes,
  { daemon, ownTopics, account }: GuardSettings,
  logger: Logger,
): BrokerGuard {
  const clients = createGroupedWarnings(
    logger,
    'the embedded broker refuses a client',
    'the embedded broker refuses clients',
  );
  const messages = createGroupedWarnings(
    logger,
    'the embedded broker refuses a message and ends the connection',
    'the embedded broker refuses messages and ends the connections',
  );
  const daemons = new WeakSet<Client>();
  const strangers = new Set<Client>();
  const refuse = (client: Client, reason: string, code: number): AuthenticateError => {
    const name = client.id.slice(0, 64);
    clients.warn(reason, name, { client: name, reason });
    return Object.assign(new Error(reason), { returnCode: code });
  };

  aedes.preConnect = (_client, packet, done) => {
    packet.clean = true;
    done(null, true);
  };
  aedes.authenticate = (client, username, password, done) => {
    if (client.id === daemon.clientId) {
      if (!isAccount(daemon, username, password)) {
        return done(
          refuse(client, 'its client id is that of particled itself; choose another', refusedId),
          null,
        );
      }
      daemons.add(client);
      return done(null, true);
    }
    if (account !== null && !isAccount(account, username, password)) {
      const reason = 'user name or password are not those of mqtt.username and mqtt.passwordFile';
      return done(refuse(client, reason, refusedPassword), null);
    }
    if (strangers.size >= mostClients) {
      return done(refuse(client, `${mostClients} clients are connected already`, refusedNumber), null);
    }
    if (client.conn.destroyed) return;
    strangers.add(client);
    client.conn.once('close', () => strangers.delete(client));
    done(null, true);
  };
  aedes.authorizePublish = (client, { topic, retain }, done) => {
    if (client !== null && daemons.has(client)) return done(null);
    const reason = publishFault(topic, retain, ownTopics);
    if (reason === null) return done(null);
    const facts = { client: client?.id.slice(0, 64), topic: topic.slice(0, 200), reason };
    messages.warn(reason, topic.slice(0, 200), facts);
    done(new Error(reason));
  };
  return {
    isDaemon: (client) => daemons.has(client),
    isKnown: (client) => daemons.has(client) || strangers.has(client),
  };
}

/** Why a client other than the daemon may not publish this, null where it may. */
function publishFault(topic: string, retain: boolean, { baseTopic, others = [] }: OwnTopics): string | null {
  if (topic.startsWith('$')) return "topics that begin with $ are the broker's own";
  if (isWithin(baseTopic, topic) && !/^[^/]+\/command\//.test(topic.slice(baseTopic.length + 1))) {
    return `below ${baseTopic}/ others publish only on ${baseTopic}/<instrument>/command/`;
  }
  if (others.includes(topic)) return `${topic} is written by particled alone`;
  return retain ? 'the embedded broker retains nothing of others; publish it without retain' : null;
}

function isAccount(account: Account, username: string | undefined, password: Buffer | undefined): boolean {
  const isName = isSame(Buffer.from(account.username), Buffer.from(username ?? ''));
  return isSame(Buffer.from(account.password), password ?? Buffer.alloc(0)) && isName;
}

/** Takes as long wherever the two differ. */
function isSame(wanted: Buffer, given: Buffer): boolean {
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
