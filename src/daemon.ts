import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from './config/schema.ts';
import { readSecret } from './config/secret.ts';
import { spokenUrl } from './config/spoken-url.ts';
import { conditionOf } from './daemon-condition.ts';
import { messageOf } from './errors.ts';
import { watchDiskRoom } from './health/disk-room.ts';
import { type Health, healthOf } from './health/reasons.ts';
import { createSinces } from './health/since.ts';
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
import { type Share, startShare } from './watcher/share.ts';

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
  const share = shareOf(config, logger);
  started.push(() => share.close());
  await preflight(config, () => share.there());
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
  const pipeline = createPipeline({
    ...parts,
    files: share,
    room,
    config,
    logger,
    onMessage: () => sender.wake(),
  });
  const { folder } = config.watch;
  started.push(() => pipeline.stop());
  pipeline.resume();

  const topics = topicsOf(config.instrument.name);
  const status = retainedStatus(broker, topics.status, () => {
    const topicOf = (run: RunNames) => topics.run(run.sampleId, run.name).summary;
    const summaries = parts.store.summaries.publishAgain(RUNS_AGAIN, topicOf);
    if (summaries === 0) return;
    logger.info({ broker: url, summaries }, 'the broker keeps no messages of before; summaries go out again');
    sender.wake();
  });
  const datedOf = createSinces();
  let starting = true;
  const condition = conditionOf({ config, share, broker, sender, pipeline, parts, integrity });
  const healthNow = (): Health =>
    healthOf({ ...condition(), starting, notices: [...notices(), ...room.notices()] });
  const telling = tellStatus({
    broker,
    status,
    payloadOf(health) {
      const waiting = parts.store.tiles.countByState().seen + parts.store.tiles.countAgain();
      const told = { ...health, diagnoses: datedOf(health) };
      return statusPayload({ ...identity(config), at: new Date() }, 'online', told, waiting, parts.store.id);
    },
    healthNow,
    logger,
  });
  const known = parts.store.files.countIn(folder);
  await share.watch({ finished: pipeline.arrive, misnamed: pipeline.misnamed }, known);
  starting = false;
  const tick = setInterval(() => {
    pipeline.tick();
    telling.tick();
  }, TICK_MS);
  started.push(() => {
    clearInterval(tick);
    telling.stop();
  });

  const keepChecks = (): void => {
    try {
      parts.store.modelChecks.record(Date.now(), parts.segmenter.checks());
    } catch (error) {
      logger.error({ err: messageOf(error) }, 'known answers could not be kept in the store');
    }
  };
  keepChecks(); // those of the start
  const dailyCheck = startDailyCheck(nightScheduleOf(config.mail), parts.segmenter, keepChecks);
  started.push(() => dailyCheck.stop());
  const retention = startRetention({ ...parts, config, logger }, nightScheduleOf(config.mail).timeZone);
  started.push(() => retention.stop());
  const nights = startNights({
    config,
    store: parts.store,
    broker,
    reasonsNow: () => healthNow().reasons,
    tilesReadable: () => share.isThere(),
    logger,
  });
  started.push(() => nights.stop());
  const { reportOfNight } = nights;
  const commands = createCommands({
    ...parts,
    files: share,
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

function shareOf({ watch, instrument }: Config, logger: Logger): Share {
  const { answerTimeoutS, rescanIntervalS, ...patternsAndPace } = watch;
  return startShare({
    ...patternsAndPace,
    rescanIntervalMs: rescanIntervalS * 1000,
    answerTimeoutMs: answerTimeoutS * 1000,
    displayWidthDefaultM: instrument.displayWidthM,
    logger,
  });
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
  const goneWell = { state: 'normal', reasons: [], diagnoses: [] } as const;
  const offline = (): string =>
    statusPayload({ ...identity(config), at: new Date() }, 'offline', goneWell, null, store);
  const broker = connectBroker({
    url: embedded?.url ?? mqtt.url,
    protocol: embedded ? 4 : 5,
    ...(embedded ? own : { clientId, ...account }),
    keepaliveS: mqtt.keepaliveS,
    tls: embedded ? undefined : mqtt,
    will: { topic, payload: offline() },
    logger,
  });
  started.push(async () => {
    const farewell = { topic, payload: offline(), retain: true };
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
