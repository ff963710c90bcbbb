import type { Config } from '../config/schema.ts';
import { verdicts } from '../statistics/decision.ts';
import type { RunNames } from '../store/summaries.ts';
import { statusSchema } from './schema/status.ts';
import { clientIdOf, type OwnTopics, topicNames, topicsOf } from './topics.ts';

type Settings = Pick<Config, 'mqtt' | 'instrument'>;

/** The runs that the device shows; null before the first. */
export interface ShownRuns {
  /** The newest one that has a summary. */
  readonly measured: RunNames | null;
  /** The newest one, which the button ends. */
  readonly newest: RunNames | null;
}

/** Where Home Assistant finds the device; `null` where mqtt.homeAssistant is off. */
export function discoveryTopic(config: Settings): string | null {
  const { homeAssistant, homeAssistantPrefix } = config.mqtt;
  return homeAssistant ? `${homeAssistantPrefix}/device/${deviceId(config)}/config` : null;
}

/** What this daemon alone writes: below its base topic, and its device. */
export function ownTopicsOf(config: Settings): OwnTopics {
  const device = discoveryTopic(config);
  return { baseTopic: config.mqtt.baseTopic, others: device === null ? [] : [device] };
}

/**
 * One device for Home Assistant's MQTT discovery (home-assistant.io/integrations/mqtt, device discovery), JSON text. A run's
 * summaries have a topic of their own, and a request to finalise names its run: both are written anew with each run.
 */
export function discoveryPayload(config: Settings, softwareVersion: string, runs: ShownRuns): string {
  const id = deviceId(config);
  const { status } = topicsOf(topicNames(config));
  const availability = {
    topic: status,
    value_template: '{{ value_json.state }}',
    payload_available: 'online',
    payload_not_available: 'offline',
  };
  return JSON.stringify({
    device: {
      identifiers: [id],
      name: `particled ${config.instrument.name}`,
      manufacturer: 'particled',
      model: 'Particle sizes of an electron microscope',
      sw_version: softwareVersion,
    },
    origin: { name: 'particled', sw_version: softwareVersion },
    availability: [availability],
    qos: 1,
    components: {
      ...ofStatus(id, status),
      ...(runs.measured && ofSummary(id, topicsOf(topicNames(config)).run(...names(runs.measured)).summary)),
      ...finalise(id, config, runs.newest),
    },
  });
}

function ofStatus(id: string, status: string) {
  const diagnostic = { platform: 'sensor', state_topic: status, entity_category: 'diagnostic' };
  return {
    health: {
      ...diagnostic,
      ...named(id, 'health', 'Health'),
      device_class: 'enum',
      options: statusSchema.shape.health.options,
      value_template: '{{ value_json.health }}',
      json_attributes_topic: status,
      json_attributes_template: "{{ {'reasons': value_json.reasons} | tojson }}",
    },
    queue: {
      ...diagnostic,
      ...named(id, 'queue', 'Tiles waiting'),
      state_class: 'measurement',
      unit_of_measurement: 'tiles',
      value_template: '{{ value_json.queue.waiting }}',
    },
  };
}

/** The distribution that the run is judged by, as `d`. */
const PUBLISHED_SIZES =
  '{% set a = value_json.statistics.all %}' +
  '{% set d = a.diameterFeretMaxUm or a.diameterFeretMinUm or a.diameterEquivalentUm %}';

function ofSummary(id: string, summary: string) {
  const sensor = { platform: 'sensor', state_topic: summary, json_attributes_topic: summary };
  return {
    d50: {
      ...sensor,
      ...named(id, 'd50', 'D50'),
      state_class: 'measurement',
      unit_of_measurement: 'µm',
      suggested_display_precision: 2,
      icon: 'mdi:dots-hexagon',
      value_template: `${PUBLISHED_SIZES}{{ d.d50.value if d else none }}`,
      json_attributes_template:
        PUBLISHED_SIZES +
        "{{ {'sample': value_json.sample.label, 'run': value_json.run, 'final': value_json.final, " +
        "'particles': value_json.statistics.all.count, 'tiles': value_json.statistics.tiles, " +
        "'low95': d.d50.low95 if d else none, 'high95': d.d50.high95 if d else none} | tojson }}",
    },
    verdict: {
      ...sensor,
      ...named(id, 'verdict', 'Verdict'),
      device_class: 'enum',
      options: verdicts,
      value_template: '{{ value_json.decision.verdict if value_json.decision else none }}',
      json_attributes_template:
        "{{ {'sample': value_json.sample.label, 'run': value_json.run, 'final': value_json.final, " +
        "'reason': value_json.decision.reason if value_json.decision else none} | tojson }}",
    },
  };
}

/** Where it may not be pressed, its platform alone: that takes away the one of before. */
function finalise(id: string, config: Settings, run: RunNames | null) {
  const { commands } = config.mqtt;
  const isAllowed = commands === 'on' || (commands !== 'off' && commands.includes('finalise'));
  if (!isAllowed) return { finalise: { platform: 'button' } };
  return (
    run && {
      finalise: {
        platform: 'button',
        ...named(id, 'finalise', 'End the run'),
        icon: 'mdi:flag-checkered',
        command_topic: topicsOf(topicNames(config)).command('finalise'),
        // A press that comes late, or after the next run has begun, still means the run that was shown.
        payload_press: JSON.stringify({ sample: run.sampleId, run: run.name }),
        qos: 1,
        retain: false,
      },
    }
  );
}

function named(id: string, part: string, name: string) {
  return { unique_id: `${id}_${part}`, name };
}

function names({ sampleId, name }: RunNames): [sampleId: string, runId: string] {
  return [sampleId, name];
}

/** Letters, digits, `_` and `-`, as Home Assistant asks of it. */
function deviceId(config: Settings): string {
  return clientIdOf(topicNames(config)).replaceAll('.', '-');
}
