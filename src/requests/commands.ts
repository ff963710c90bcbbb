import type { Config } from '../config/schema.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { CommandRefusedError, type Commands } from '../publish/command-kinds.ts';
import type { Store } from '../store/database.ts';
import type { Pipeline } from '../walk/walk-parts.ts';
import { description, runFields, runTiles } from './describe.ts';
import { expectation } from './expect.ts';
import { type ReanalysisParts, reanalyse, requireRows } from './reanalyse.ts';
import { createReviewing } from './reviewing.ts';
import { runAsked } from './run-asked.ts';
import { words } from './words.ts';

export interface CommandingParts {
  readonly config: Config;
  readonly store: Store;
  readonly models: readonly Model[];
  readonly files: ReanalysisParts['files'];
  readonly arithmeticOf?: ReanalysisParts['arithmeticOf'];
  readonly pipeline: Pick<Pipeline, 'changed' | 'writeFilesAnew'>;
  /** Builds the report of a night, by its local date; gives its folder. Absent where there is none. */
  readonly reportOfNight?: ((date: string) => Promise<string>) | undefined;
}

/** What controllers may ask of a daemon, over its store and pipeline. Every command may be repeated. */
export function createCommands(parts: CommandingParts): Commands {
  const { config, store, models, pipeline } = parts;
  const reviewing = createReviewing({ store, models, changed: pipeline.changed });
  return {
    describe: () => description(config, store, models),
    expect(request) {
      const answer = expectation(config, store, request);
      for (const run of store.runs.ofSample(answer.sample.id)) {
        if (run.state === 'filling') pipeline.changed(run.id);
      }
      return answer;
    },
    finalise(request) {
      const run = runAsked(store, request);
      const endedBefore = run.state !== 'filling';
      if (!endedBefore) {
        store.runs.finalise(run.id, Date.now(), { by: words(request.by), reason: words(request.reason) });
        pipeline.changed(run.id);
      }
      return { ...runFields(run), state: run.state, tiles: runTiles(store, run.id), endedBefore };
    },
    async reanalyse(request, signal) {
      const run = runAsked(store, request);
      const answer = await reanalyse(parts, run, request, signal);
      pipeline.changed(run.id);
      return answer;
    },
    review({ sample, run: name, reviewer, at }) {
      const { run, isUnchanged: unchanged, ...counting } = reviewing.review(sample, name, reviewer, at);
      return { ...runFields(run), ...counting, unchanged };
    },
    async report({ sample, run, date, at }) {
      if (date === undefined) {
        const asked = runAsked(store, { sample: sample ?? '', run, at });
        requireRows(asked);
        return { written: await pipeline.writeFilesAnew(asked.id) };
      }
      if (parts.reportOfNight) return { written: await parts.reportOfNight(date) };
      throw new CommandRefusedError(`${date}: this daemon builds no report of a night; ask for a sample's`);
    },
  };
}
