import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { simulateAcquisition } from '../../src/simulator/acquisition/simulate-acquisition.ts';
import { virtualSample } from '../../src/simulator/acquisition/virtual-sample.ts';
import { freePort } from '../publish/mosquitto.ts';
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts';
import { type Premises, premises, type Settings, settingsFor } from '../support/premises.ts';

/** A real daemon with its own broker and its live page. */
export interface LiveDaemon {
  readonly place: Premises;
  readonly daemon: DaemonProcess;
  readonly brokerUrl: string;
  /** Of its live page, without a slash at the end. */
  readonly url: string;
}

/** @param prepare what is there before it starts */
export async function liveDaemon(
  changes: Settings = {},
  prepare: (place: Premises) => void = () => {},
): Promise<LiveDaemon> {
  const place = premises();
  prepare(place);
  const port = await freePort();
  const daemon = startDaemonProcess(
    place,
    settingsFor(place, {
      mqtt: { broker: 'embedded', port, summaryIntervalS: 0.3 },
      ...changes,
      dashboard: { port: 0, ...changes.dashboard },
    }),
  );
  await daemon.says('the live page listens');
  const line = daemon.log().find(({ msg }) => msg === 'the live page listens');
  const url = String(line?.url).replace(/\/$/, '');
  return { place, daemon, brokerUrl: `mqtt://127.0.0.1:${port}`, url };
}

export interface Scan {
  readonly rows: number;
  readonly columns: number;
  readonly sampleLabel?: string;
  /** Places that are not imaged, as row and column. */
  readonly missing?: readonly { readonly row: number; readonly column: number }[];
}

/** Lets a virtual microscope image a powder into the daemon's export folder. */
export async function scan({ place }: Pick<LiveDaemon, 'place'>, grid: Scan): Promise<void> {
  await simulateAcquisition({
    ...virtualSample(1, 0),
    ...{ folder: place.exportFolder, threads: 1, now: () => new Date() },
    ...grid,
  });
}

/** What the API of the live page answers to a path below `/api/v1`. */
export async function answered<Answer>({ url }: Pick<LiveDaemon, 'url'>, path: string): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<Answer>;
}

/** Where screenshots go: the environment variable LIVE_PICTURES names a folder, without which none are made. */
export function pictureFile(name: string): string | null {
  const folder = process.env.LIVE_PICTURES;
  return folder === undefined ? null : join(folder, `${name}.png`);
}

/**
 * What goes wrong in a page while it is shown: faults of its scripts, and what its own security policy refuses. A picture
 * that is not made in time is asked for again, and no fault.
 */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const isOfBusyPictures = /status of 503|Tile %s failed to load/.test(message.text());
    if (message.type() === 'error' && !isOfBusyPictures) faults.push(`console: ${message.text()}`);
  });
  return faults;
}
