import type { QueueConnection } from './queue.ts';
import type { Config } from './schema.ts';

/** What the keys of a queue say only together. */
export function queueFaults({ segmenter, worker }: Pick<Config, 'segmenter' | 'worker'>): string[] {
  return [
    ...connectionFaults(segmenter.queue, 'segmenter.queue'),
    ...connectionFaults(worker.queue, 'worker.queue'),
  ];
}

function connectionFaults(queue: QueueConnection | null, key: string): string[] {
  if (queue === null) return [];
  const faults: string[] = [];
  const spoken = spokenQueue(queue.url);
  if (/[@?#]/.test(queue.url)) {
    faults.push(
      `${key}.url: ${spoken} has more in it than host, port and database; put a user into ${key}.username, and the password into ${key}.passwordFile`,
    );
  }
  if ((queue.certFile === null) !== (queue.keyFile === null))
    faults.push(`${key}.certFile, ${key}.keyFile: one is set and the other is not; set both or neither`);
  for (const name of ['caFile', 'certFile', 'keyFile'] as const) {
    if (queue[name] !== null && !queue.url.startsWith('rediss:'))
      faults.push(`${key}.${name}: is set but ${key}.url (${spoken}) is not rediss://`);
  }
  return faults;
}

/** An address as it may be shown, whatever somebody has put into it. */
function spokenQueue(url: string): string {
  return url.replace(/\/\/.*@/s, '//...@').replace(/[?#].+$/s, '?...');
}
