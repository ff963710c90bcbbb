import { type FaultLine, line } from './fault-line.ts';

export const inference: readonly FaultLine[] = [
  line(29, 'segmenting holds nothing else up', [
    'faults/long-segmentation.test.ts',
    'holds up neither the broker, nor the watchdog, nor who asks over HTTP',
  ]),
  line(
    30,
    'a segmenter that crashes or hangs is replaced; its tile is tried again, then given up',
    ['faults/segmenter-death.test.ts', 'is replaced, and the tile is tried again and counted once'],
    [
      'faults/segmenter-death.test.ts',
      'each time it has that tile gives it up after the configured attempts',
    ],
  ),
  {
    ...line(31, 'memory stands still over 10,000 tiles', [
      'endurance/flatness.test.ts',
      'a figure that grows by more than the allowance over the second half is not',
    ]),
    untested: 'takes over an hour: npm run soak -- --tiles 10000 holds it against the same rule',
  },
  line(
    32,
    'a model that is damaged, of another hash, shape or opset is refused at the start with the reason',
    ['faults/refused-start.test.ts', 'on a model file of another hash, and names the file and both hashes'],
    ['inference/load-fault.test.ts', 'a network file that cannot be loaded'],
    ['inference/model/model-folder.test.ts', 'refuses output names that the file does not have'],
  ),
  line(33, 'older processors give the same sizes', [
    'end-to-end/processors.test.ts',
    'give their known answers on a processor with',
  ]),
  line(
    34,
    'a tile may have no particles, or thousands',
    ['store/results.test.ts', 'keeps a tile without particles as segmented, not as missing'],
    ['end-to-end/dense-tiles.test.ts', 'particles within 5 per cent'],
  ),
];

export const mqtt: readonly FaultLine[] = [
  line(
    35,
    'a broker that is down or restarted loses nothing, and gets the rest at its own pace',
    [
      'faults/broker-outage.test.ts',
      'gets everything once it is there, in order, and the daemon works meanwhile',
    ],
    ['faults/broker-outage.test.ts', 'misses nothing, and gets what it missed in order'],
    ['publish/outbox-sender.test.ts', 'keeps at most the window unanswered'],
  ),
  line(36, 'messages unsent at a kill -9 are delivered after the restart', [
    'faults/killed-daemon.test.ts',
    'delivers them after its next start, under the numbers they were stored with',
  ]),
  line(37, 'a frozen broker is noticed', [
    'faults/broker-outage.test.ts',
    'is noticed when it is frozen, and gets everything when it thaws',
  ]),
  line(38, 'a broker that has lost its state gets it back', [
    'faults/forgetful-broker.test.ts',
    'gets the summaries again, and gives them to controllers that come later',
  ]),
  line(39, 'a lost acknowledgement repeats the message under its number', [
    'publish/outbox-sender.test.ts',
    'repeats under the same sequence when the acknowledgement is lost with the connection',
  ]),
  line(
    40,
    'a gap shows in the sequence',
    ['endurance/promises.test.ts', 'are broken where'],
    ['faults/killed-daemon.test.ts', 'counts every tile exactly once and delivers every message'],
  ),
  line(
    41,
    'bad, oversized, unknown and late requests are refused with a reply, and change nothing',
    [
      'publish/command-listener.test.ts',
      'is refused where it is broken or too large, and the next one is heard',
    ],
    ['publish/command-listener.test.ts', 'is refused where its verb is unknown'],
    ['requests/commands.test.ts', 'repeated late never ends another run than it meant'],
  ),
  line(42, 'an untrusted certificate is refused, without plain text instead', [
    'publish/mqtt-broker.test.ts',
    'refuses a certificate that it does not trust, and does not fall back to plain text',
  ]),
];

export const stateTimeMail: readonly FaultLine[] = [
  line(
    43,
    'kill -9 at any boundary and at random',
    ['faults/killed-daemon.test.ts', 'counts every tile exactly once and delivers every message'],
    [
      'faults/killed-reanalysis.test.ts',
      'a daemon killed (kill -9) while it segments a run again goes on with it',
    ],
    ['faults/killed-review.test.ts', 'a daemon killed (kill -9) with a review before it'],
    ['faults/chaos.test.ts', 'six kills of daemon, segmenters and broker at random moments'],
    ['run/results.test.ts', 'a daemon that was killed before the summary'],
  ),
  line(
    44,
    'a full disk, a locked database or an I/O error acknowledges nothing, is told, and is got over',
    ['faults/full-disk.test.ts', 'a disk that is full costs no tile'],
    ['faults/locked-store.test.ts', 'costs no tile: the daemon says so, waits and goes on'],
    ['faults/failing-disk.test.ts', 'costs no tile: the daemon acknowledges nothing, says so and goes on'],
    ['faults/failing-disk.test.ts', 'when asked to read makes summaries wait, and says so once'],
  ),
  line(
    45,
    'a damaged database is refused with instructions, or told of beside the daemon',
    ['store/database.test.ts', 'refuses a database with a damaged page'],
    ['store/damage.test.ts', 'takes no result, which is the fault of the store and not of the tile'],
    ['faults/damaged-store.test.ts', 'a database that is taken away under the daemon costs no tile'],
  ),
  line(46, 'each local date has one report when the clock is set', [
    'report/night/schedule.test.ts',
    'come once each, in order, whatever wakes the asker',
  ]),
  line(47, 'a report missed while the daemon was down is sent once, later', [
    'nights/delivery.test.ts',
    'come once each for the nights that were missed, oldest first, whatever is started again',
  ]),
  line(
    48,
    'a mail server that is gone, deaf or refuses is tried again, in bounds',
    ['faults/night-mail.test.ts', 'says so while no server answers, goes on, and sends it once one does'],
    ['nights/delivery.test.ts', 'is tried as often as configured when it is refused for now'],
    ['nights/delivery.test.ts', 'is given up at once when it is refused for good'],
  ),
  line(
    49,
    'a clock that jumps ends no run and repeats no number',
    ['run/silence.test.ts', 'is measured by the steady clock from the last tile on'],
    ['report/night/schedule.test.ts', 'are never sent again after the clock was set back by any amount'],
  ),
  line(
    50,
    'a wrong configuration is listed fault by fault; at a reload the old one stays',
    ['faults/refused-start.test.ts', 'on a bad configuration, and lists every fault'],
    ['faults/reload.test.ts', 'keeps the old configuration where the new one is wrong'],
  ),
];
