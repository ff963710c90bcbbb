import { ModelError } from '../errors.ts';
import type { Detections } from '../inference/detections.ts';
import type { Arithmetic } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { type Saturation, saturationOf, saturationText } from '../inference/model/saturation.ts';
import { type Network, openNetwork } from '../inference/network.ts';
import type { NetworkInput } from '../inference/network-input.ts';
import { readOnnx } from '../inference/onnx/onnx-file.ts';
import { quantisedProducts } from '../inference/onnx/quantised-products.ts';
import { processorText, thisProcessor } from '../inference/processor.ts';
import { computeAnswer } from './compute-answer.ts';
import { type Deviation, deviationOf, deviationText, isClose } from './deviation.ts';
import type { ModelCheck } from './model-check.ts';
import { type Question, readKnownAnswer } from './read-answer.ts';

/** A network whose known answer was right when it was computed last; it may go over to exact arithmetic. */
export interface TrustedNetwork extends Network {
  readonly arithmetic: Arithmetic;
  /**
   * Computes the known answer again.
   * @throws ModelError when it is wrong in exact arithmetic too: nothing that this network finds may be used
   */
  check(): Promise<ModelCheck>;
}

/**
 * Opens a model and computes its known answer, in exact arithmetic where its own gives another. A model that
 * brought none is opened exactly if its products could saturate.
 * @throws ModelError when the answer is wrong in exact arithmetic too
 */
export async function openTrusted(
  model: Model,
  threads: number,
): Promise<{ readonly network: TrustedNetwork; readonly check: ModelCheck }> {
  const question = await readKnownAnswer(model);
  let arithmetic = model.manifest.arithmetic ?? 'as-shipped';
  if (!question && arithmetic === 'as-shipped') arithmetic = await safeArithmetic(model);
  const trusted = new CheckedNetwork(
    model,
    question,
    threads,
    await openNetwork(model, threads, arithmetic),
    arithmetic,
  );
  try {
    return { network: trusted, check: await trusted.check() };
  } catch (error) {
    await trusted.close();
    throw error;
  }
}

/** Whether a network file's products could saturate. */
export async function saturationOfFile(file: string): Promise<Saturation> {
  return saturationOf(quantisedProducts(await readOnnx(file)));
}

/** @throws ModelError where its products could saturate and cannot be computed otherwise */
export function requireExactForm(file: string, saturation: Saturation): void {
  if (saturation.saturating.every(({ form }) => form === 'qdq')) return;
  throw new ModelError(
    `${file}: ${saturationText(saturation)}, which gives wrong results without VNNI, and operations on 8 bits by themselves ` +
      'have no exact form; quantise it with weights of 7 bits (reduce_range), or export it as QDQ',
  );
}

async function safeArithmetic({ file }: Model): Promise<Arithmetic> {
  const saturation = await saturationOfFile(file);
  if (saturation.saturating.length === 0) return 'as-shipped';
  requireExactForm(file, saturation);
  return 'exact';
}

class CheckedNetwork implements TrustedNetwork {
  readonly #model: Model;
  readonly #question: Question | null;
  readonly #threads: number;
  #network: Network;
  #arithmetic: Arithmetic;
  #deviation: string | null = null;
  #rightAt: Date | null = null;

  constructor(
    model: Model,
    question: Question | null,
    threads: number,
    network: Network,
    arithmetic: Arithmetic,
  ) {
    this.#model = model;
    this.#question = question;
    this.#threads = threads;
    this.#network = network;
    this.#arithmetic = arithmetic;
  }

  get arithmetic(): Arithmetic {
    return this.#arithmetic;
  }

  run(input: NetworkInput): Promise<Detections> {
    return this.#network.run(input);
  }

  close(): Promise<void> {
    return this.#network.close();
  }

  async check(): Promise<ModelCheck> {
    if (!this.#question) return this.#checked(null);
    const first = await this.#answer(this.#question);
    if (isClose(first)) {
      this.#rightAt = new Date();
      return this.#checked(first);
    }
    const { name } = this.#model.manifest;
    let last = first;
    if (this.#arithmetic === 'as-shipped') {
      await this.#goExact();
      last = await this.#answer(this.#question);
      if (isClose(last)) {
        this.#deviation =
          `on this processor the model ${name} does not give its known answer (${deviationText(first)}), so it is ` +
          'computed in exact arithmetic, which does and takes longer; particled doctor shows both' +
          this.#sinceText();
        return this.#checked(last);
      }
    }
    throw new ModelError(
      `${this.#model.file}: its known answer comes out wrong in exact arithmetic too (${deviationText(last)}) on ` +
        `${processorText(thisProcessor())}; no result of it can be trusted: run particled doctor, install particled ` +
        `again, else use another computer${this.#sinceText()}`,
    );
  }

  /** What to do about earlier results, where it was right when it was looked at last. */
  #sinceText(): string {
    if (this.#rightAt === null) return '';
    const since = this.#rightAt.toISOString().slice(0, 16).replace('T', ' ');
    return `; results since ${since} UTC may be off: send reanalyse for their runs`;
  }

  async #answer({ answer, image }: Question): Promise<Deviation> {
    const found = await computeAnswer(this.#network, this.#model.manifest, image, answer.thresholds);
    return deviationOf(answer.particles, found);
  }

  async #goExact(): Promise<void> {
    await this.#network.close();
    this.#network = await openNetwork(this.#model, this.#threads, 'exact');
    this.#arithmetic = 'exact';
  }

  #checked(figures: Deviation | null): ModelCheck {
    return {
      model: this.#model.manifest.name,
      arithmetic: this.#arithmetic,
      figures: figures && deviationText(figures),
      deviation: this.#deviation,
    };
  }
}
