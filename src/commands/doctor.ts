import { fork } from 'node:child_process';
import type { Config } from '../config/schema.ts';
import type { ExaminedModel } from '../doctor/examine-models.ts';
import type { DoctorReply } from '../doctor/process.ts';
import { packagedModelsFolder } from '../inference/model/model-folder.ts';
import { type Processor, processorText, thisProcessor } from '../inference/processor.ts';
import { moduleUrl } from '../module-url.ts';
import { poolShape } from '../segmenter/pool.ts';
import { softwareVersion } from '../version.ts';

/** How well this computer is, as far as was looked. */
interface Diagnosis {
  readonly softwareVersion: string;
  readonly node: string;
  readonly processor: Processor;
  readonly modelsFolder: string;
  readonly models: readonly ExaminedModel[];
  /** What is wrong beyond a model's own findings. */
  readonly faults: readonly string[];
}

/** Says whether this computer computes what it should; exit code 1 where it does not. */
export async function doctor(config: Config, { json }: { readonly json: boolean }): Promise<void> {
  const modelsFolder = config.models.folder ?? packagedModelsFolder;
  const threads = config.segmenter.threadsPerProcess ?? poolShape().threadsPerProcess;
  const reply = await replyOf({ modelsFolder, threads });
  const { models, faults } = 'examined' in reply ? reply.examined : { models: [], faults: [reply.error] };
  const diagnosis = {
    ...{ softwareVersion, node: process.version, processor: thisProcessor() },
    ...{ modelsFolder, models, faults },
  };
  console.log(json ? JSON.stringify(diagnosis, null, 2) : diagnosisText(diagnosis));
  if (!isWell(diagnosis)) process.exitCode = 1;
}

function replyOf(settings: object): Promise<DoctorReply> {
  const entry = moduleUrl('../doctor/process', import.meta.url);
  const child = fork(entry, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve) => {
    child.once('message', (reply: DoctorReply) => resolve(reply));
    child.once('error', (error) => resolve({ error: error.message }));
    child.once('exit', (code, signal) =>
      resolve({
        error:
          `the process that computes networks ended (${signal ?? `exit code ${code}`}): ` +
          'onnxruntime does not run on this processor, or memory is short',
      }),
    );
  });
}

function isWell({ models, faults }: Diagnosis): boolean {
  return (
    faults.length === 0 &&
    models.every(({ findings }) => findings.every(({ verdict }) => verdict !== 'failure'))
  );
}

function diagnosisText(diagnosis: Diagnosis): string {
  const { node, processor, modelsFolder, models, faults } = diagnosis;
  return [
    `particled ${softwareVersion}, Node ${node}`,
    `processor: ${processorText(processor)}`,
    `models: ${modelsFolder}`,
    ...models.flatMap(({ model, sha256, findings }) => [
      '',
      `${model} ${sha256.slice(0, 16)}, hash as in its manifest`,
      ...findings.map(({ verdict, what, text }) => `  ${verdict.padEnd(9)}  ${what}: ${text}`),
    ]),
    ...faults.map((fault) => `\n  failure    ${fault}`),
    '',
    isWell(diagnosis) ? 'well' : 'not well: see what says failure',
  ].join('\n');
}
