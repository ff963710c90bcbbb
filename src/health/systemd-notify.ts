import { execFile } from 'node:child_process';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

export interface SystemdNotify {
  /** Tells systemd that the daemon is up, or up again after a reload; from the first time on the watchdog is fed. */
  ready(status: string): void;
  /** The configuration is read again; `ready` ends it. */
  reloading(): void;
  stopping(): void;
}

/**
 * Speaks to systemd as sd_notify(3) does, through the program systemd-notify(1): Node has no datagram sockets of the
 * Unix kind, and the npm packages that add them (sd-notify, unix-dgram) are compiled where they are installed, which
 * needs a compiler beside the microscope. One message after another, so that none overtakes another. Does nothing
 * outside systemd. The unit needs NotifyAccess=all.
 *
 * @param isGoingOn whether tiles that wait are worked on; where not, the watchdog is fed no more and systemd acts
 */
export function systemdNotify(
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
  isGoingOn: () => boolean,
): SystemdNotify {
  if (!environment.NOTIFY_SOCKET) return { ready() {}, reloading() {}, stopping() {} };
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  function send(...words: string[]): void {
    waiting += 1;
    last = last
      .then(() => speak(words, environment, logger))
      .finally(() => {
        waiting -= 1;
      });
  }

  let wasGoingOn = true;
  function feed(): void {
    const goesOn = isGoingOn();
    if (!goesOn && wasGoingOn)
      logger.error({}, 'tiles wait and nothing goes on; the watchdog is fed no more and ends the daemon');
    wasGoingOn = goesOn;
    if (goesOn && waiting === 0) send('WATCHDOG=1');
  }

  const watchdogUs = Number(environment.WATCHDOG_USEC ?? 0);
  let watchdog: NodeJS.Timeout | undefined;
  return {
    ready(status) {
      send('READY=1', `STATUS=${status}`);
      // A blocked event loop stops this timer: that is what the watchdog is to notice.
      if (watchdogUs > 0) watchdog ??= setInterval(feed, watchdogUs / 3000).unref();
    },
    // CLOCK_MONOTONIC, by which systemd tells this reload from one before.
    reloading: () => send('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`),
    stopping() {
      clearInterval(watchdog);
      send('STOPPING=1');
    },
  };
}

function speak(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): Promise<void> {
  return new Promise((resolve) => {
    execFile('systemd-notify', words, { timeout: 5000, env: { ...environment } }, (error) => {
      if (error)
        logger.warn({ err: messageOf(error) }, 'systemd-notify failed; the watchdog may restart the daemon');
      resolve();
    });
  });
}
