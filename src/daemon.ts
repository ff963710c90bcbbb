import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from './config/schema.ts';
import { readSecret } from './config/secret.ts';
import { spokenUrl } from './config/spoken-url.ts';
import { watchDiskRoom } from './health/disk-room.ts';
import { farewells, type Health, healthOf } from './health/reasons.ts';
import { tellStatus } from './health/tell-status.ts';
import type { Logger } from './logger.ts';
import { startNights } from './nights/start-nights.ts';
import type { Broker } from './publish/broker.ts';
import { listenForCommands } from './publish/command-listener.ts';
import { statusPayload } from './publish/compose.ts';
import { startEmbeddedBroker } from './publish/embedded-broker.ts';
import { connectBroker } from './publish/mqtt-broker.ts';
import { startOutboxSender } from './publish/outbox-sender.ts';
import { retainedStatus } from './publish/retained-status.ts';
import { topicsOf } from './publish/topics.ts';
import type { NightMail } from './report/night/mail.ts';
import { nightScheduleOf } from './report/night/schedule.ts';
import type { LocalDate } from './report/night/zoned-time.ts';
import { createCommands } from './requests/commands.ts';
import { startRetention } from './run/retention.ts';
import { startDailyCheck } from './segmenter/daily-check.ts';
import { startIntegrityCheck } from './store/integrity.ts';
import type { StoreLock } from './store/lock.ts';
import type { RunNames } from './store/summaries.ts';
import { softwareVersion } from './version.ts';
import { createPipeline } from './walk/pipeline.ts';
import { preflight } from './walk/preflight.ts';
import { startParts } from './walk/start-parts.ts';
import { watchFolder } from './watcher/watch-folder.ts';

export interface Daemon {
  /** Where subscribers connect. */
  readonly brokerUrl: string;
  /** Composes the mail of any night, ended or under way, with the health of now. */
  nightMail(localDate: LocalDate): Promise<NightMail>;
  /** False where tiles wait and nothing has gone on for too long. */
  isGoingOn(): boolean;
  /** Ends everything in the reverse order of its start; what is unfinished goes on at the next start. */
  stop(): Promise<void>;
}

/** What whoever runs the daemon gives it. */
export interface DaemonSurroundings {
  /** Gives the store's lock, which is kept when the daemon stops; without it the daemon locks the store itself. */
  readonly takeLock?: () => StoreLock;
  /** Reasons for the health that the daemon does not know. */
  readonly notices?: () => readonly string[];
}

const TICK_MS = 1000;
const FAREWELL_MS = 500;
/** Runs whose summaries are published again at a broker that has lost what it kept. */
const RUNS_AGAIN = 200;

/** Builds the edges, starts them in the order of a tile's walk from its end, and keeps them going. */
export async function startDaemon(
  config: Config,
  logger: Logger,
  surroundings: DaemonSurroundings = {},
): Promise<Daemon> {
  const started: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(config, logger, surroundings, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  logger: Logger,
  { takeLock, notices = () => [] }: DaemonSurroundings,
  started: (() => Promise<void> | void)[],
): Promise<Omit<Daemon, 'stop'>> {
  await preflight(config);
  const parts = await startParts(config, logger, takeLock);
  started.push(() => parts.close());
  const integrity = startIntegrityCheck(config.store.file);
  started.push(() => integrity.close());
  const { broker, url } = await startBroker(config, parts.store.id, logger, started);
  const sender = startOutboxSender({
    outbox: parts.store.outbox,
    store: parts.store.id,
    broker,
    window: config.mqtt.window,
    logger,
  });
  started.push(() => sender.stop());

  const room = await watchDiskRoom(config, logger);
  started.push(() => room.stop());
  const pipeline = createPipeline({ ...parts, room, config, logger, onMessage: () => sender.wake() });
  const { folder, rescanIntervalS, polling } = config.watch;
  started.push(() => pipeline.stop());
  pipeline.resume();
  const watch = await watchFolder(
    { ...config.watch, rescanIntervalMs: rescanIntervalS * 1000, logger },
    (path) => pipeline.arrive(path),
  );
  started.push(() => watch.close());

  const topics = topicsOf(config.instrument.name);
  const status = retainedStatus(broker, topics.status, () => {
    const topicOf = (run: RunNames) => topics.run(run.sampleId, run.name).summary;
    const summaries = parts.store.summaries.publishAgain(RUNS_AGAIN, topicOf);
    if (summaries === 0) return;
    logger.info({ broker: url, summaries }, 'the broker keeps no messages of before; summaries go out again');
    sender.wake();
  });
  const healthNow = (): Health =>
    healthOf({
      folder: watch.condition(),
      polling,
      outboxDepth: parts.store.outbox.depth(),
      brokerConnected: broker.connected,
      sessionTakenOver: broker.sessionTakenOver ?? false,
      refusals: sender.refusals(),
      store: parts.store.absence() ?? integrity.fault(),
      troubles: pipeline.troubles(),
      deviations: parts.segmenter.deviations(),
      distrust: parts.segmenter.distrust(),
      notices: [...notices(), ...room.notices()],
      lastMail: config.mail.host === null ? undefined : parts.store.mails.latest(),
    });
  const telling = tellStatus({
    broker,
    status,
    payloadOf(health) {
      const waiting = parts.store.tiles.countByState().seen + parts.store.tiles.countAgain();
      return statusPayload(
        { ...identity(config), at: new Date() },
        'online',
        health,
        waiting,
        parts.store.id,
      );
    },
    healthNow,
    logger,
  });
  const tick = setInterval(() => {
    pipeline.tick();
    telling.tick();
  }, TICK_MS);
  started.push(() => {
    clearInterval(tick);
    telling.stop();
  });

  const dailyCheck = startDailyCheck(nightScheduleOf(config.mail), parts.segmenter);
  started.push(() => dailyCheck.stop());
  const retention = startRetention({ ...parts, config, logger }, nightScheduleOf(config.mail).timeZone);
  started.push(() => retention.stop());
  const nights = startNights({
    config,
    store: parts.store,
    broker,
    reasonsNow: () => healthNow().reasons,
    logger,
  });
  started.push(() => nights.stop());
  const { reportOfNight } = nights;
  const commands = createCommands({
    ...parts,
    arithmeticOf: parts.segmenter.arithmeticOf,
    config,
    pipeline,
    reportOfNight,
  });
  const listener = listenForCommands({
    broker,
    instrument: config.instrument.name,
    commands,
    allowed: config.mqtt.commands,
    logger,
  });
  started.push(() => listener.stop());

  logger.info({ folder, broker: url, version: softwareVersion }, 'particled is up');
  return { brokerUrl: url, nightMail: nights.nightMail, isGoingOn: pipeline.isGoingOn };
}

async function startBroker(
  config: Config,
  store: string,
  logger: Logger,
  started: (() => Promise<void> | void)[],
): Promise<{ broker: Broker; url: string }> {
  const { mqtt } = config;
  // Of the instrument alone: a second daemon of this name, wherever it runs, is noticed by the session it takes over.
  const clientId = `particled-${config.instrument.name}`;
  const own = { clientId, username: 'particled', password: randomBytes(32).toString('hex') };
  const account = mqttAccount(mqtt);
  const embedded =
    mqtt.broker === 'embedded'
      ? await startEmbeddedBroker({ host: mqtt.host, port: mqtt.port, daemon: own, account, logger })
      : null;
  if (embedded) started.push(() => embedded.close());
  const topic = topicsOf(config.instrument.name).status;
  const offline = (health: Health): string =>
    statusPayload({ ...identity(config), at: new Date() }, 'offline', health, null, store);
  const broker = connectBroker({
    url: embedded?.url ?? mqtt.url,
    protocol: embedded ? 4 : 5,
    ...(embedded ? own : { clientId, ...account }),
    keepaliveS: mqtt.keepaliveS,
    tls: embedded ? undefined : mqtt,
    will: { topic, payload: offline(farewells.lost) },
    logger,
  });
  started.push(async () => {
    const farewell = { topic, payload: offline(farewells.ended), retain: true };
    // A frozen broker never acknowledges it; then the will tells the same.
    if (broker.connected) await Promise.race([broker.publish(farewell).catch(() => {}), pause(FAREWELL_MS)]);
    await broker.close();
  });
  return { broker, url: embedded?.url ?? spokenUrl(mqtt.url) };
}

function mqttAccount({ username, passwordFile }: Config['mqtt']) {
  if (username === null) return null;
  const password = passwordFile === null ? '' : readSecret(passwordFile, 'mqtt.passwordFile');
  return { username, password };
}

function identity(config: Config) {
  return { instrument: config.instrument.name, softwareVersion };
}
