import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../logger.ts';
import type { Broker } from '../publish/broker.ts';
import { CommandRefusedError } from '../publish/command-kinds.ts';
import { writeNight } from '../report/night/files.ts';
import type { NightMail } from '../report/night/mail.ts';
import { createMailer, mailSettings } from '../report/night/mailer.ts';
import { hasBegun, nightScheduleOf } from '../report/night/schedule.ts';
import type { LocalDate } from '../report/night/zoned-time.ts';
import type { Store } from '../store/database.ts';
import { composedNight } from './composer.ts';
import { startNightly } from './delivery.ts';

/** What a running daemon does about nights. */
export interface Nights {
  /** Composes the mail of any night, ended or under way, with the health of now. */
  nightMail(localDate: LocalDate): Promise<NightMail>;
  /** Writes a night's files beside those of samples; gives their folder. Undefined where no files are written. */
  readonly reportOfNight: ((localDate: string) => Promise<string>) | undefined;
  stop(): Promise<void>;
}

const CONNECTION_GRACE_MS = 5_000;

/** Sends each night's mail where mail is configured, and composes any night's when asked. */
export function startNights(parts: {
  readonly config: Config;
  readonly store: Pick<Store, 'mails'>;
  readonly broker: Broker;
  /** Why the health is not normal. */
  readonly reasonsNow: () => readonly string[];
  /** Whether the export folder can be read; else the mail comes without pictures of it. */
  readonly tilesReadable?: () => boolean;
  readonly logger: Logger;
}): Nights {
  const { config, store, broker, reasonsNow, tilesReadable = () => true, logger } = parts;
  const { folder } = config.report;
  const settings = mailSettings(config);

  async function nightMail(localDate: LocalDate, signal?: AbortSignal): Promise<NightMail> {
    // Just after a start the broker is not connected yet, which is no trouble to tell of.
    if (!broker.connected) await connectionOf(broker);
    const request = { config, localDate, reasons: reasonsNow(), tilesReadable: tilesReadable() };
    return composedNight(request, signal);
  }

  async function writeReport(localDate: LocalDate, target: string): Promise<string> {
    if (!hasBegun(localDate, new Date(), nightScheduleOf(config.mail))) {
      throw new CommandRefusedError(`${localDate}: that night has not begun; give an earlier date`);
    }
    writeNight(await nightMail(localDate), localDate, target);
    return target;
  }

  const nightly =
    settings &&
    startNightly({
      ...{ settings, instrument: config.instrument.name, mails: store.mails, logger },
      ...{ mailer: createMailer(settings), build: nightMail },
    });
  return {
    nightMail,
    reportOfNight:
      folder === null ? undefined : (localDate) => writeReport(localDate, join(folder, 'nights')),
    stop: async () => nightly?.stop(),
  };
}

/** Waits until there is a connection, though not for long. */
function connectionOf(broker: Broker): Promise<void> {
  const connected = new Promise<void>((resolve) => broker.onConnect(resolve));
  return Promise.race([connected, pause(CONNECTION_GRACE_MS, undefined, { ref: false })]);
}
