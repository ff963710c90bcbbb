import { schedule as cron } from 'node-cron';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type NightMail, nightMessageId } from '../report/night/mail.ts';
import { MailError, type Mailer, type MailSettings, type SentMail } from '../report/night/mailer.ts';
import { lastNight, nightScheduleOf, nightsDue } from '../report/night/schedule.ts';
import type { Mails, StoredMail } from '../store/mails.ts';

/** Sends each night's mail. */
export interface Nightly {
  /** Resolves once nothing can be sent now. */
  idle(): Promise<void>;
  /** Begins nothing more; a mail under way is broken off after a moment, and tried again at the next start. */
  stop(): Promise<void>;
}

const CHECK_INTERVAL_MS = 60_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const STOP_GRACE_MS = 2_000;

/** Between the begin of an attempt and that of the next: a minute, doubled each time, at most an hour. */
export function pauseAfter(attempt: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}

/**
 * The store says which nights are owed a mail; cron and a check each minute only wake up to look.
 * @param build composes the mail of a local date, off the event loop, until the signal ends it
 */
export function startNightly(options: {
  readonly settings: MailSettings;
  readonly instrument: string;
  readonly mails: Mails;
  readonly mailer: Mailer;
  readonly build: (localDate: string, signal: AbortSignal) => Promise<NightMail>;
  readonly logger: Logger;
}): Nightly {
  const { settings, instrument, mails, mailer, build, logger } = options;
  const nights = nightScheduleOf(settings);
  const stopping = new AbortController();
  /** Once after a start all are tried: whoever starts it anew has mended something. */
  let pausesCount = false;
  let working: Promise<void> | null = null;

  async function sendWhatIsDue(): Promise<void> {
    try {
      const now = new Date();
      const since = mails.begin(lastNight(now, nights), now.getTime());
      for (const date of nightsDue(now, nights, mails.dates(), new Date(since)))
        mails.owe(date, now.getTime());
      for (const mail of mails.waiting()) {
        if (stopping.signal.aborted) return;
        if (!pausesCount || hasPaused(mail, now.getTime())) await attempt(mail);
      }
      pausesCount = true;
    } catch (error) {
      logger.error({ err: messageOf(error) }, 'nights not looked at; tried again');
    }
  }

  /** The row tells of the attempt before anything is sent, so that one which ends the process counts. */
  async function attempt({ localDate, attempts, reason }: StoredMail): Promise<void> {
    if (attempts >= settings.attempts) {
      giveUp(localDate, reason ?? 'the program ended during the last attempt');
      return;
    }
    mails.beginAttempt(localDate, Date.now() + pauseAfter(attempts + 1));
    logger.info({ localDate, attempt: attempts + 1 }, "sending the night's mail");
    try {
      const mail = await build(localDate, stopping.signal);
      const messageId = nightMessageId(localDate, instrument, settings.from);
      noteSent(localDate, mail.subject, await mailer.send(mail, messageId, stopping.signal));
    } catch (error) {
      if (stopping.signal.aborted) return;
      const permanent = error instanceof MailError && error.permanent;
      if (permanent || attempts + 1 >= settings.attempts) giveUp(localDate, messageOf(error));
      else {
        mails.noteFailure(localDate, messageOf(error), false);
        logger.warn({ localDate, err: messageOf(error) }, "the night's mail could not be sent; tried again");
      }
    }
  }

  function noteSent(localDate: string, subject: string, { refused, leftOut }: SentMail): void {
    mails.noteSent(localDate, Date.now(), refused.length === 0 ? null : refused.join('; '));
    if (refused.length > 0)
      logger.warn({ localDate, refused }, "some addresses did not get the night's mail");
    // The mail itself says so too; nobody has to do anything.
    if (leftOut !== null) logger.warn({ localDate, leftOut }, "parts of the night's mail are left out");
    logger.info({ localDate, subject }, "the night's mail is sent");
  }

  function giveUp(localDate: string, reason: string): void {
    mails.noteFailure(localDate, reason, true);
    logger.error(
      { localDate, err: reason },
      "the night's mail is given up; particled report --date --send sends it",
    );
  }

  function wake(): void {
    if (stopping.signal.aborted) return;
    working ??= sendWhatIsDue().finally(() => {
      working = null;
    });
  }

  const [hour, minute] = settings.at.split(':');
  const task = cron(`${minute} ${hour} * * *`, wake, {
    timezone: nights.timeZone,
    suppressMissedWarning: true,
  });
  const check = setInterval(wake, CHECK_INTERVAL_MS);
  wake();
  return {
    async idle() {
      while (working) await working;
    },
    async stop() {
      clearInterval(check);
      await task.destroy();
      if (!working) return;
      const grace = setTimeout(() => stopping.abort(), STOP_GRACE_MS);
      await working;
      clearTimeout(grace);
      stopping.abort();
    },
  };
}

/** A pause longer than the longest was set by a clock that has been set back since. */
function hasPaused({ nextAttemptAtMs }: StoredMail, nowMs: number): boolean {
  return nextAttemptAtMs <= nowMs || nextAttemptAtMs > nowMs + LONGEST_PAUSE_MS;
}
