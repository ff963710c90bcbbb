import { execFile } from 'node:child_process';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

export interface SystemdNotify {
  /** Tells systemd that the daemon is up; from then on the watchdog is fed. */
  ready(status: string): void;
  status(status: string): void;
  stopping(): void;
}

/**
 * Speaks to systemd as sd_notify(3) does, through the program systemd-notify(1): Node has no datagram
 * sockets of the Unix kind. Does nothing outside systemd. The unit needs NotifyAccess=all.
 */
export function systemdNotify(
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): SystemdNotify {
  if (!environment.NOTIFY_SOCKET) return { ready() {}, status() {}, stopping() {} };
  const send = (...words: string[]): void => {
    execFile('systemd-notify', words, { timeout: 5000, env: { ...environment } }, (error) => {
      if (error)
        logger.warn({ err: messageOf(error) }, 'systemd-notify failed; the watchdog may restart the daemon');
    });
  };
  const watchdogUs = Number(environment.WATCHDOG_USEC ?? 0);
  let watchdog: NodeJS.Timeout | undefined;
  return {
    ready(status) {
      send('--ready', `--status=${status}`);
      // A blocked event loop stops this timer: that is what the watchdog is to notice.
      if (watchdogUs > 0) watchdog = setInterval(() => send('WATCHDOG=1'), watchdogUs / 3000).unref();
    },
    status: (status) => send(`--status=${status}`),
    stopping() {
      clearInterval(watchdog);
      send('STOPPING=1');
    },
  };
}
