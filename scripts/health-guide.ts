import { type DiagnosisCode, healthStates, stateOf } from '../src/health/diagnosis.ts';

/** When each diagnosis is made, and what to do then. */
const rules: Readonly<Record<DiagnosisCode, readonly [when: string, advice: string]>> = {
  'export-folder-silent': [
    'no call on the export folder has returned for `watch.answerTimeoutS`',
    'check share, network and server; all else goes on, and the tiles follow by themselves',
  ],
  'export-folder-away': [
    'the export folder cannot be listed, or another, empty folder lies in its place',
    'mount the share; the tiles that wait are taken up by themselves',
  ],
  'store-damaged': ['the database is damaged, moved or replaced', '`particled doctor`; put a backup back'],
  'segmenters-away': [
    'no segmenter process can be had, the store cannot be written, or a known answer is wrong in exact arithmetic too',
    'the log says which; tiles wait and go on by themselves',
  ],
  'summary-not-made': [
    'the summary of a sample is due and cannot be made, as where its particles cannot be read; the reason is told',
    'look at store and disk (`particled doctor`); it is tried again each second',
  ],
  'name-taken': ['another daemon of this name has taken the session at the broker', 'end one of the two'],
  starting: ['from the connection to the broker until the export folder was looked through once', 'wait'],
  'known-answers': ['the nightly check of the models, a quarter of an hour before `mail.at`', 'nothing'],
  'model-deviates': [
    'a model does not give its known answer (areas within 0.5 %, the same particles) and computes exactly since',
    'results are right, and slower; have the computer looked at',
  ],
  'daemon-lost': [
    'the broker says so as last will: the daemon was killed, or its computer or the network is down',
    'look there: `systemctl status particled`',
  ],
  'daemon-ended': ['the daemon was ended on purpose and has said so', 'start it again'],
  'uncertain-drift': [
    "the latest sample's share of uncertain particles lies outside the 3-sigma limits of the last 30 samples, of at least 5, as in the night's control chart",
    'look at focus, contrast and powder',
  ],
  'focus-drift': [
    "the latest sample's edges (`imaging.edgeBlurMedianPx`) are softer than the 3-sigma limit of an individuals chart of the last 30 samples, of those of its pixel size and at least 5",
    'look at its tiles, then at focus, stigmator and column',
  ],
  'export-folder-emptied': [
    'all files have gone from the same folder at once; until the next file comes',
    'nothing where you deleted them, else check the share',
  ],
  'no-file-events': [
    'files are found by listing alone: the system has no file watches left, or files appear and no event tells of them',
    'raise `fs.inotify.max_user_watches`; on a network share set `watch.polling: true`',
  ],
  'files-awaited': [
    'files of tiles cannot be read while the folder can',
    'make them readable; they are tried again with growing pauses, at most a minute; after `grid.stallAfterS` a run ends without them, and has a new revision once they are read',
  ],
  'files-unusable': [
    'over `health.unusableFiles` files were set aside for one cause within a day',
    '`particled status` lists them; export them again or exclude them',
  ],
  'tiles-queue': ['a tile has waited longer than `health.tileWaitMinutes`', 'fewer tiles, or more cores'],
  'messages-queue': ['over 10,000 messages wait for the broker', 'check the broker'],
  'queue-away': [
    'the queue of workers elsewhere is not connected, has no worker, or its workers answer nothing; after `segmenter.queue.localAfterS` tiles are segmented on this computer',
    'check the server, its network and `particled worker`',
  ],
  'workers-refuse': [
    'a worker takes no tiles: it is of another version, cannot use the model, or answers what cannot be',
    'what the reason says: install the same particled there, or mend its disk or its rights',
  ],
  'broker-away': ['there is no connection to the broker; the reason is told', 'check broker and account'],
  'broker-refuses': [
    'the broker takes no message on a topic; the reason is told',
    'mend its access list, or its limit of packets where that is the reason',
  ],
  'broker-limited': [
    'the broker keeps no messages, or acknowledges none',
    'set `retain_available` and `max_qos` there, or take another',
  ],
  'mail-not-sent': ["the latest night's mail was refused, in part or wholly", 'mend `mail.*`'],
  'disk-low': [
    'a disk has less room than `disk.overlaysFreeGb`: no outlines are kept until it has more',
    'make room, or shorten `retention`',
  ],
  'monitoring-away': [
    'the port for monitoring cannot be had; all else goes on',
    'free it, or set `monitoring.port`',
  ],
  'dashboard-away': [
    'the port of the live page cannot be had, or its process has ended and is started again; all else goes on',
    'free the port, or set `dashboard.port`; the log says why it ended',
  ],
  configuration: ['a changed configuration is not in force', 'mend it and reload'],
};

/** The table of NE 107 states; the schema of the status lists the fields. */
export function healthGuide(): string {
  const codes = (Object.keys(stateOf) as DiagnosisCode[]).toSorted(
    (a, b) => healthStates.indexOf(stateOf[a]) - healthStates.indexOf(stateOf[b]),
  );
  const rows = codes.map((code) => `| \`${stateOf[code]}\` | \`${code}\` | ${rules[code].join(' | ')} |`);
  return [
    'The health is the gravest state of all diagnoses, in this order; without one it is `normal`.',
    ['| State | Code | When | What to do |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}
