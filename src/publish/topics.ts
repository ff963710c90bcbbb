import { createHash } from 'node:crypto';

/** The topics of one instrument; the table in `messages.ts` says what is published on them. */
export interface Topics {
  readonly status: string;
  readonly setAside: string;
  /** Where a controller sends the command of this verb; `+` for all of them. */
  command(verb: string): string;
  /** Where `particled doctor` tries the broker; nothing is retained there. */
  doctor(attempt: string): string;
  /** Topics of one run; both ids are topic segments already. */
  run(sampleId: string, runId: string): RunTopics;
}

/** What the topics of an instrument are made of. */
export interface TopicNames {
  /** One level or several, as `particled` or `site/line/particled`. */
  readonly baseTopic: string;
  readonly instrument: string;
}

export interface RunTopics {
  readonly tile: string;
  readonly progress: string;
  readonly summary: string;
}

/** @param names.baseTopic `mqtt.baseTopic`: the levels over the instrument's own */
export function topicsOf({ baseTopic, instrument }: TopicNames): Topics {
  const root = `${baseTopic}/${topicSegment(instrument)}`;
  return {
    status: `${root}/status`,
    setAside: `${root}/set-aside`,
    command: (verb) => `${root}/command/${verb}`,
    doctor: (attempt) => `${root}/doctor/${attempt}`,
    run(sampleId, runId) {
      const run = `${root}/sample/${sampleId}/run/${runId}`;
      return { tile: `${run}/tile`, progress: `${run}/progress`, summary: `${run}/summary` };
    },
  };
}

/** Topics that the daemon alone writes, but for requests below the base topic. */
export interface OwnTopics {
  readonly baseTopic: string;
  /** Single topics outside of it, as the one of Home Assistant's discovery. */
  readonly others?: readonly string[];
}

/** As the configuration has them. */
export function topicNames(config: {
  readonly mqtt: { readonly baseTopic: string };
  readonly instrument: { readonly name: string };
}): TopicNames {
  return { baseTopic: config.mqtt.baseTopic, instrument: config.instrument.name };
}

/** The daemon's name at the broker: one for each set of topics. */
export function clientIdOf({ baseTopic, instrument }: TopicNames): string {
  return baseTopic === 'particled' ? `particled-${instrument}` : topicSegment(`${baseTopic}/${instrument}`);
}

/** Whether a topic is the base topic or lies below it. */
export function isWithin(baseTopic: string, topic: string): boolean {
  return topic === baseTopic || topic.startsWith(`${baseTopic}/`);
}

/** Whether a topic is one of those that a filter of MQTT (`+`, `#`) names; filters that begin with `$` aside. */
export function topicMatches(filter: string, topic: string): boolean {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  const rest = wanted.at(-1) === '#';
  if (rest) wanted.pop();
  if (rest ? levels.length < wanted.length : levels.length !== wanted.length) return false;
  return wanted.every((level, index) => level === '+' || level === levels[index]);
}

const unlabelled = 'unlabelled';
const segmentAsIs = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/**
 * One level of a topic from what somebody typed, safe also as a file name: letters, digits, `_`, `.`, `-`.
 * The same label always gives the same segment. A label that had to be changed ends in eight digits of its
 * SHA-256, so that `a/b` and `a+b` stay apart.
 */
export function topicSegment(label: string): string {
  if (label === '') return unlabelled;
  if (segmentAsIs.test(label) && label !== unlabelled) return label;
  const readable = label.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  const slug = readable.slice(0, 48).replace(/-$/, '') || 'label';
  return `${slug}-${createHash('sha256').update(label).digest('hex').slice(0, 8)}`;
}
