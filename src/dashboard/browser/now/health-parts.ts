import type { StatusMessage } from '../../../publish/schema/status.ts';

/** A part of what is at work, in a word or two, and whether that is as it should be. */
export interface HealthPart {
  readonly name: 'Instrument' | 'Queue' | 'Broker' | 'Disk';
  readonly text: string;
  readonly isWell: boolean;
}

const partOf: Readonly<Record<string, HealthPart['name']>> = {
  'export-folder-silent': 'Instrument',
  'export-folder-away': 'Instrument',
  'export-folder-emptied': 'Instrument',
  'no-file-events': 'Instrument',
  'files-awaited': 'Instrument',
  'files-unusable': 'Instrument',
  'uncertain-drift': 'Instrument',
  'focus-drift': 'Instrument',
  'segmenters-away': 'Queue',
  'tiles-queue': 'Queue',
  'broker-away': 'Broker',
  'broker-refuses': 'Broker',
  'broker-limited': 'Broker',
  'name-taken': 'Broker',
  'messages-queue': 'Broker',
  'disk-low': 'Disk',
  'store-damaged': 'Disk',
};

const troubleText: Readonly<Record<HealthPart['name'], string>> = {
  Instrument: 'see below',
  Queue: 'behind',
  Broker: 'see below',
  Disk: 'see below',
};

/** Instrument, queue, broker and disk, from what the daemon says of itself. */
export function healthParts({ instrument, state, queue, diagnoses }: StatusMessage): readonly HealthPart[] {
  const isOff = state === 'offline';
  const part = (name: HealthPart['name'], well: string): HealthPart => {
    const isWell = !isOff && !diagnoses.some(({ code }) => partOf[code] === name);
    return { name, text: isOff ? 'not known' : isWell ? well : troubleText[name], isWell };
  };
  const waiting = queue.waiting ?? 0;
  const queued = waiting === 0 ? 'empty' : `${waiting} ${waiting === 1 ? 'tile' : 'tiles'} waiting`;
  const { isWell } = part('Queue', '');
  return [
    part('Instrument', instrument),
    {
      name: 'Queue',
      text: isOff ? 'not known' : isWell ? queued : `${queued}: ${troubleText.Queue}`,
      isWell,
    },
    part('Broker', 'connected'),
    part('Disk', 'room enough'),
  ];
}
