/**
 * Stops a scan as soon as the particle size is known well enough, and picks the next furnace temperature:
 *   node examples/controller.ts mqtt://127.0.0.1:1883 phenom-1 LiCoO2 800
 */
import { randomUUID } from 'node:crypto';
import { connectAsync } from 'mqtt';
import type { SummaryMessage } from '../src/index.ts'; // from 'particled' where the package is installed

const [url = '', instrument, sample, temperatureC, relativeHalfWidth = '0.05'] = process.argv.slice(2);
const target = { d50Um: { min: 4, max: 6 }, probability: 0.95 };
const baseTopic = process.env.PARTICLED_MQTT_BASE_TOPIC ?? 'particled'; // the daemon's mqtt.baseTopic
const answers = `lab/controller/${randomUUID()}`;
let stopped = false;

const client = await connectAsync(url, { protocolVersion: 5 });
client.on('message', async (topic, payload, { retain }) => {
  const message = JSON.parse(payload.toString());
  if (topic === answers) {
    if (!message.accepted) console.error(`${message.verb} is refused: ${message.reason}`);
  } else if (!retain && message.sample.label === sample) await heed(message); // retained: an earlier run's
});
await client.subscribeAsync([answers, `${baseTopic}/${instrument}/sample/+/run/+/summary`], { qos: 1 });
await ask('expect', { sample, target, precision: { relativeHalfWidth: Number(relativeHalfWidth) } });

async function ask(verb: string, request: object): Promise<void> {
  const properties = { responseTopic: answers, correlationData: Buffer.from(verb) };
  const topic = `${baseTopic}/${instrument}/command/${verb}`;
  await client.publishAsync(topic, JSON.stringify(request), { qos: 1, properties });
}

async function heed(summary: SummaryMessage): Promise<void> {
  if (summary.sufficiency.sufficient && !stopped) {
    stopped = true;
    await client.publishAsync('lab/scan/stop', JSON.stringify({ sample }), { qos: 1 });
    const reason = `D50 known to ${Number(relativeHalfWidth) * 100} %`;
    await ask('finalise', { sample, run: summary.run, by: 'examples/controller.ts', reason });
  }
  if (!summary.final) return;
  const { decision, statistics } = summary;
  const d50Um = statistics.all.diameterEquivalentUm?.d50.value ?? null;
  const verdict = decision?.verdict ?? null;
  console.log(
    JSON.stringify({ tiles: statistics.tiles, d50Um, verdict, nextTemperatureC: next(verdict, d50Um) }),
  );
  await client.endAsync();
}

/** Grains grow with temperature. A verdict other than reject gives no reason to change it. */
function next(verdict: string | null, d50Um: number | null): number {
  if (verdict !== 'reject' || d50Um === null) return Number(temperatureC);
  return Number(temperatureC) + (d50Um > target.d50Um.max ? -20 : 20);
}
