import { type Health, healthFrom } from './reasons.ts';

/** What subscribers read of a daemon that does not run. */
export type Farewell = 'ended' | 'lost';

/** As the daemon says itself when it ends, and as the broker says of one that ends without. */
export const farewells: Readonly<Record<Farewell, Health>> = {
  ended: healthFrom([
    {
      code: 'daemon-ended',
      what: 'the daemon was ended; tiles wait in the export folder',
      limit: null,
      advice: 'start it again (systemctl start particled)',
    },
  ]),
  lost: healthFrom([
    {
      code: 'daemon-lost',
      what: 'the connection to the daemon was lost without a farewell: it was killed, or its computer or the network is down',
      limit: null,
      advice: 'look there (systemctl status particled)',
    },
  ]),
};
