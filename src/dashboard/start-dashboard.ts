import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { forkDependent, LEAN_DRAWING } from '../dependent-process.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { type StatusMessage, statusSchema } from '../publish/schema/status.ts';
import { type Asking, doAsked } from './asked-of-daemon.ts';
import { type FromDaemon, fromPage } from './channel.ts';
import type { Reviewing } from './reviewing.ts';
import type { DashboardSettings } from './settings.ts';

/** The live page as the daemon knows it: a process that may die, and holds up nothing. */
export interface Dashboard {
  /** What the daemon says of itself, as published, is shown to whoever looks, as it changes. */
  show(payload: () => string): void;
  /** Where the page is; null until it listens, and where none is wanted. */
  url(): string | null;
  /** Why there is no page, in words that end in advice, for the health's reasons. */
  faults(): string[];
  close(): Promise<void>;
}

export interface DashboardOptions {
  readonly config: Pick<
    Config,
    'dashboard' | 'store' | 'watch' | 'grid' | 'imaging' | 'models' | 'report' | 'disk'
  >;
  /** Null: nobody may correct anything. */
  readonly reviewing: Reviewing | null;
  readonly logger: Logger;
  /** Another module than the shipped one. */
  readonly process?: URL;
}

const LOOK_MS = 1_000;
const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 60_000;
/** A process that has lived so long was well. */
const WELL_AFTER_MS = 60_000;

/** Starts the process that serves the page, and another whenever it has died. Never throws. */
export function startDashboard(options: DashboardOptions): Dashboard {
  const settings = settingsOf(options.config);
  return settings === null ? nobodyLooks : new LivePageProcess(settings, options);
}

const nobodyLooks: Dashboard = {
  show() {},
  url: () => null,
  faults: () => [],
  close: () => Promise.resolve(),
};

class LivePageProcess implements Dashboard {
  readonly #settings: DashboardSettings;
  readonly #options: DashboardOptions;
  #child: ChildProcess | null = null;
  #restart: NodeJS.Timeout | undefined;
  #pauseMs = PAUSE_MIN_MS;
  #url: string | null = null;
  #fault: string | null = null;
  #status: StatusMessage | null = null;
  #hasSent: StatusMessage | null = null;
  #said = '';
  #looks: NodeJS.Timeout | undefined;
  #isSending = false;
  #closed = false;

  constructor(settings: DashboardSettings, options: DashboardOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#start();
  }

  show(payload: () => string): void {
    const look = (): void => {
      const status = statusSchema.parse(JSON.parse(payload()));
      const said = JSON.stringify({ ...status, at: null });
      if (said === this.#said) return;
      this.#said = said;
      this.#status = status;
      this.#sendStatus();
    };
    const { logger } = this.#options;
    const lookOrSay = (): void => {
      try {
        look();
      } catch (error) {
        logger.warn({ err: messageOf(error) }, 'the live page is not told how the daemon does');
      }
    };
    clearInterval(this.#looks);
    this.#looks = setInterval(lookOrSay, LOOK_MS);
    lookOrSay();
  }

  url(): string | null {
    return this.#url;
  }

  faults(): string[] {
    return this.#fault === null ? [] : [this.#fault];
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#restart);
    clearInterval(this.#looks);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL'); // it has nothing to lose
    await ended;
  }

  #start(): void {
    const bornAtMs = performance.now();
    const module = this.#options.process ?? moduleUrl('./dashboard-process', import.meta.url);
    const child = forkDependent(module, JSON.stringify(this.#settings), { ...LEAN_DRAWING, ...process.env });
    this.#child = child;
    child.on('message', (message) => this.#hear(child, message));
    child.on('error', () => {}); // it exits as well
    child.once('exit', (code, signal) =>
      this.#ended(signal ?? `exit code ${code}`, performance.now() - bornAtMs),
    );
    this.#isSending = false;
    this.#hasSent = null;
    this.#sendStatus();
  }

  #ended(how: string, livedMs: number): void {
    this.#child = null;
    this.#url = null;
    if (this.#closed) return;
    if (livedMs > WELL_AFTER_MS) this.#pauseMs = PAUSE_MIN_MS;
    const pauseS = this.#pauseMs / 1000;
    this.#fault = `the process of the live page has ended (${how}) and is started again after ${pauseS} s; the log says why, and all else goes on`;
    this.#options.logger.error({ how, pauseS }, 'the process of the live page has ended; another is started');
    this.#restart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(PAUSE_MAX_MS, 2 * this.#pauseMs);
  }

  #hear(child: ChildProcess, message: unknown): void {
    const { logger, reviewing } = this.#options;
    const { success, data: said } = fromPage.safeParse(message);
    if (!success) {
      logger.warn({}, 'the process of the live page has said something that is nothing');
    } else if (said.kind === 'log') {
      logger[said.level](said.facts, said.message);
    } else if (said.kind === 'listens') {
      this.#fault = null;
      this.#url = said.url;
      logger.info({ url: said.url }, 'the live page listens');
    } else if (said.kind === 'away') {
      this.#fault = said.reason;
    } else {
      void doAsked(reviewing, said as Asking, logger).then((answer) => this.#send(child, answer));
    }
  }

  /** The latest alone: a process that reads nothing does not fill the daemon's memory. */
  #sendStatus(): void {
    const [child, status] = [this.#child, this.#status];
    if (child === null || status === null || status === this.#hasSent || this.#isSending) return;
    this.#isSending = true;
    this.#hasSent = status;
    this.#send(child, { kind: 'status', status }, () => {
      if (child !== this.#child) return;
      this.#isSending = false;
      this.#sendStatus();
    });
  }

  #send(child: ChildProcess, message: FromDaemon, sent: () => void = () => {}): void {
    if (child.connected) child.send(message, sent);
  }
}

/** Null where no page is wanted. */
export function settingsOf({
  dashboard,
  store,
  watch,
  grid,
  imaging,
  models,
  report,
  disk,
}: DashboardOptions['config']): DashboardSettings | null {
  const { port } = dashboard;
  if (port === null) return null;
  const { rows, columns } = grid;
  return {
    storeFile: store.file,
    exportFolder: watch.folder,
    picturesFolder: join(dirname(store.file), 'live-page'),
    reportFolder: report.folder,
    pyramidFreeGb: disk.overlaysFreeGb,
    grid: rows !== null && columns !== null ? { rows, columns } : null,
    imaging,
    shadow: models.shadow,
    page: { ...dashboard, port },
  };
}
