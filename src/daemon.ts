import type { Config } from './config/schema.ts';
import { conditionOf } from './daemon-condition.ts';
import { reviewingForPage } from './dashboard/reviewing.ts';
import { startDashboard } from './dashboard/start-dashboard.ts';
import { messageOf } from './errors.ts';
import { watchDiskRoom } from './health/disk-room.ts';
import { type Farewell, farewells } from './health/farewells.ts';
import { type Health, healthOf } from './health/reasons.ts';
import { createSinces } from './health/since.ts';
import { tellStatus } from './health/tell-status.ts';
import type { Logger } from './logger.ts';
import { monitoringSources } from './monitoring/daemon-sources.ts';
import { startMonitoring } from './monitoring/start-monitoring.ts';
import { startNights } from './nights/start-nights.ts';
import { listenForCommands } from './publish/command-listener.ts';
import { statusPayload } from './publish/compose.ts';
import { startBroker } from './publish/daemon-broker.ts';
import { announceDevice } from './publish/device-announcement.ts';
import { ownTopicsOf } from './publish/home-assistant.ts';
import { startOutboxSender } from './publish/outbox-sender.ts';
import { retainedStatus } from './publish/retained-status.ts';
import { topicNames, topicsOf } from './publish/topics.ts';
import type { NightMail } from './report/night/mail.ts';
import { nightScheduleOf } from './report/night/schedule.ts';
import type { LocalDate } from './report/night/zoned-time.ts';
import { createCommands } from './requests/commands.ts';
import { createReviewing } from './requests/reviewing.ts';
import { startRetention } from './run/retention.ts';
import { startDailyCheck } from './segmenter/daily-check.ts';
import { startIntegrityCheck } from './store/integrity.ts';
import type { StoreLock } from './store/lock.ts';
import type { RunNames } from './store/summaries.ts';
import { softwareVersion } from './version.ts';
import { createPipeline } from './walk/pipeline.ts';
import { preflight } from './walk/preflight.ts';
import { shareOf } from './walk/share-of.ts';
import { startParts } from './walk/start-parts.ts';

export interface Daemon {
  /** Where subscribers connect. */
  readonly brokerUrl: string;
  /** Where the live page is; null until it listens, and where none is wanted. */
  pageUrl(): string | null;
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
  const monitoring = await startMonitoring(config.monitoring, logger);
  started.push(() => monitoring.close());
  const parts = await startParts(config, logger, { takeLock });
  started.push(() => parts.close());
  const integrity = startIntegrityCheck(config.store.file);
  started.push(() => integrity.close());
  const ownTopics = ownTopicsOf(config);
  const farewell = (kind: Farewell): string => {
    const told = { ...farewells[kind], diagnoses: createSinces()(farewells[kind]) };
    return statusPayload({ ...identity(config), at: new Date() }, 'offline', told, null, parts.store.id);
  };
  const { broker, url } = await startBroker(config, { ownTopics, farewell }, logger, started);
  const sender = startOutboxSender({
    outbox: parts.store.outbox,
    store: parts.store.id,
    broker,
    window: config.mqtt.window,
    logger,
  });
  started.push(() => sender.stop());

  const reviewing = createReviewing({
    ...{ store: parts.store, models: parts.models },
    changed: (runId) => pipeline.changed(runId),
  });
  const dashboard = startDashboard({ config, reviewing: reviewingForPage(reviewing), logger });
  started.push(() => dashboard.close());
  const room = await watchDiskRoom(config, logger);
  started.push(() => room.stop());
  const pipeline = createPipeline({
    ...{ ...parts, files: share, room, config, logger, observer: monitoring },
    onMessage: () => sender.wake(),
  });
  const { folder } = config.watch;
  started.push(() => pipeline.stop());
  pipeline.resume();

  const topics = topicsOf(topicNames(config));
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
    healthOf({
      ...condition(),
      starting,
      notices: [
        ...notices().map((text) => ({ code: 'configuration', text }) as const),
        ...room.notices().map((text) => ({ code: 'disk-low', text }) as const),
        ...monitoring.faults().map((text) => ({ code: 'monitoring-away', text }) as const),
        ...parts.queueFaults(),
        ...dashboard.faults().map((text) => ({ code: 'dashboard-away', text }) as const),
      ],
    });
  const payloadOf = (health: Health): string => {
    const waiting = parts.store.tiles.countByState().seen + parts.store.tiles.countAgain();
    const told = { ...health, diagnoses: datedOf(health) };
    return statusPayload({ ...identity(config), at: new Date() }, 'online', told, waiting, parts.store.id);
  };
  // Before any status: who hears that it is online may ask at once.
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
    ...{ names: topicNames(config), ownTopics, commands },
    allowed: config.mqtt.commands,
    logger,
  });
  started.push(() => listener.stop());

  const telling = tellStatus({
    broker,
    status,
    payloadOf,
    healthNow,
    logger,
  });
  dashboard.show(() => payloadOf(healthNow()));
  const device = announceDevice({ config, broker, store: parts.store, logger });
  const known = parts.store.files.countIn(folder);
  await share.watch({ finished: pipeline.arrive, misnamed: pipeline.misnamed }, known);
  starting = false;
  const tick = setInterval(() => {
    pipeline.tick();
    telling.tick();
    device.tick();
  }, TICK_MS);
  started.push(() => {
    clearInterval(tick);
    telling.stop();
    device.stop();
  });

  const keepChecks = (): void => {
    try {
      parts.store.modelChecks.record(Date.now(), parts.segmenter.checks());
    } catch (error) {
      logger.error({ err: messageOf(error) }, 'known answers could not be kept in the store');
    }
  };
  keepChecks(); // those of the start
  const dailyCheck = startDailyCheck(nightScheduleOf(config.mail), parts.segmenter, {
    began: telling.tick, // which may be over before the next tick
    ended() {
      keepChecks();
      telling.tick();
    },
  });
  started.push(() => dailyCheck.stop());
  const retention = startRetention({ ...parts, config, logger }, nightScheduleOf(config.mail).timeZone);
  started.push(() => retention.stop());
  monitoring.show({
    ...monitoringSources(config, parts.store),
    brokerConnected: () => broker.connected,
    healthState: () => healthNow().state,
    segmenterRestarts: parts.segmenter.restarts,
    isGoingOn: pipeline.isGoingOn,
    readiness: () => ({
      models: parts.segmenter.distrust().length === 0,
      store: (parts.store.absence() ?? integrity.fault()) === null,
      folder: share.isThere(),
      tiles: pipeline.troubles().length === 0,
    }),
  });
  logger.info({ folder, broker: url, version: softwareVersion }, 'particled is up');
  const { nightMail } = nights;
  return { brokerUrl: url, pageUrl: () => dashboard.url(), nightMail, isGoingOn: pipeline.isGoingOn };
}

function identity(config: Config) {
  return { instrument: config.instrument.name, softwareVersion };
}
