import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { commandKinds, type Results, verbs } from '../publish/command-kinds.ts';
import { topicNames, topicsOf } from '../publish/topics.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import { softwareVersion } from '../version.ts';
import { configuredExpectation } from './expect.ts';

const LATEST_RUNS = 10;

/** What this daemon is, can do and is doing. */
export function description(config: Config, store: Store, models: readonly Model[]): Results['describe'] {
  const { status, setAside, command, run } = topicsOf(topicNames(config));
  return {
    softwareVersion,
    topics: { status, setAside, ...run('+', '+'), command: command('+') },
    verbs: verbs.map((verb) => {
      const { does, request, result } = commandKinds[verb];
      return { verb, does, request: jsonSchemaOf(request), result: jsonSchemaOf(result) };
    }),
    models: models.map(({ manifest: { name, sha256, thresholds, description, magnification, ...more } }) => ({
      ...{ name, sha256, thresholds, description, arithmetic: more.arithmetic ?? 'as-shipped' },
      magnification: { from: magnification.from, below: magnification.below },
    })),
    configured: configuredExpectation(config),
    runs: store.runs
      .all()
      .filter(({ state }, index) => state === 'filling' || index < LATEST_RUNS)
      .map((one) => ({ ...runFields(one), state: one.state, tiles: runTiles(store, one.id) })),
  };
}

/** A run as answers name it. */
export function runFields({ sampleId, sampleLabel, name }: StoredRun) {
  return { sample: { id: sampleId, label: sampleLabel }, run: name };
}

export function runTiles(store: Store, runId: number) {
  const { segmented, failed, seen } = store.tiles.countByState(runId);
  return { segmented, failed, waiting: seen };
}

function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
