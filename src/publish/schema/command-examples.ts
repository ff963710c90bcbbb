import type { Requests, Results, Verb } from '../command-kinds.ts';
import { topicSegment } from '../topics.ts';

interface Answer {
  readonly schema: 'particled/answer/1';
  readonly at: string;
  readonly instrument: string;
  readonly verb: string;
}

type Accepted<V extends Verb> = Answer & { readonly accepted: true; readonly result: Results[V] };
type Refused = Answer & { readonly accepted: false; readonly reason: string };

type Examples = {
  readonly [V in Verb]: { readonly request: Requests[V]; readonly answer: Accepted<V> | Refused };
};

const instrument = 'phenom-1';
const sample = { id: topicSegment('Li1 1F0'), label: 'Li1 1F0' };
const run = '20260314T021207Z';
const target = { d50Um: { min: 4.5, max: 5.5 }, probability: 0.95 };
const model = {
  name: 'low',
  sha256: '0f4c8a1b2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8',
  thresholds: { objectnessCertain: 0.6, smallestAreaPx: 20 },
};
const remarks = { operator: 'Ada', note: 'calcined at 950 °C for 12 h' };
const tiles = { segmented: 61, failed: 0, waiting: 2 };

function envelope(verb: Verb): Answer {
  return { schema: 'particled/answer/1', at: '2026-03-14T02:20:31.007Z', instrument, verb };
}

/** One request and its answer for each verb, as docs/mqtt.md shows them. */
export const commandExamples: Examples = {
  describe: {
    request: {},
    answer: {
      ...envelope('describe'),
      accepted: true,
      result: {
        softwareVersion: '0.1.0',
        topics: {
          status: 'particled/phenom-1/status',
          setAside: 'particled/phenom-1/set-aside',
          tile: 'particled/phenom-1/sample/+/run/+/tile',
          progress: 'particled/phenom-1/sample/+/run/+/progress',
          summary: 'particled/phenom-1/sample/+/run/+/summary',
          command: 'particled/phenom-1/command/+',
        },
        verbs: [
          {
            verb: 'finalise',
            does: 'ends a run as it is',
            request: { type: 'object' },
            result: { type: 'object' },
          },
        ],
        models: [{ ...model, description: 'Below 10,000x', magnification: { from: 0, below: 10_000 } }],
        configured: {
          rows: 12,
          columns: 24,
          tiles: null,
          target: null,
          precision: { relativeHalfWidth: 0.05 },
          operator: null,
          note: null,
        },
        runs: [{ sample, run, state: 'filling', tiles }],
      },
    },
  },
  expect: {
    request: {
      ...{ sample: 'Li1 1F0', target, precision: { relativeHalfWidth: 0.03 } },
      ...remarks,
    },
    answer: {
      ...envelope('expect'),
      accepted: true,
      result: {
        sample,
        expected: {
          rows: null,
          columns: null,
          tiles: null,
          target,
          precision: { relativeHalfWidth: 0.03 },
          ...remarks,
        },
        inForce: {
          ...{ rows: 12, columns: 24, tiles: null, target, precision: { relativeHalfWidth: 0.03 } },
          ...remarks,
        },
      },
    },
  },
  finalise: {
    request: { sample: 'Li1 1F0', run, by: 'furnace controller', reason: 'D50 known to 3 %' },
    answer: {
      ...envelope('finalise'),
      accepted: true,
      result: { sample, run, state: 'filling', tiles, endedBefore: false },
    },
  },
  reanalyse: {
    request: {
      ...{ sample: 'Li1 1F0', run },
      ...{ thresholds: { objectnessCertain: 0.6 }, filter: 'circularity >= 0.8' },
    },
    answer: {
      ...envelope('reanalyse'),
      accepted: true,
      result: { sample, run, model, tiles: 61, unchanged: 0, filter: 'circularity >= 0.8' },
    },
  },
  report: {
    request: { sample: 'Li1 1F0', run: '20260313T220000Z' },
    answer: {
      ...envelope('report'),
      accepted: false,
      reason: `20260313T220000Z: no such run of this sample; its latest are ${run}`,
    },
  },
  review: {
    request: { sample: 'Li1 1F0', run, reviewer: 'Ada' },
    answer: {
      ...envelope('review'),
      accepted: true,
      result: { sample, run, corrections: 41, tiles: 6, reviewedBy: ['Ada', 'Bo'], unchanged: false },
    },
  },
};
