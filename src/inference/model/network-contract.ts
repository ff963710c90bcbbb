import type { Manifest } from './manifest.ts';

/** What a network file says of one of its inputs or outputs; a dimension's name or '' stands for any size. */
export interface TensorFacts {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** One tensor that a manifest names, and what may come under that name. */
interface Wanted {
  readonly name: string;
  readonly what: string;
  readonly shapes: readonly (readonly (number | null)[])[];
}

/**
 * What a network's inputs and outputs have against its manifest, in words; empty when they fit: one grey image
 * in, [N, 4] boxes, [N] scores, [N, bins] confidences and [N, 1, height, width] or [N, height, width] masks out,
 * all float32.
 */
export function contractFaults(
  { input, outputs, confidenceBins }: Pick<Manifest, 'input' | 'outputs' | 'confidenceBins'>,
  inputs: readonly TensorFacts[],
  found: readonly TensorFacts[],
): string[] {
  const image = { name: input.name, what: 'one grey image', shapes: [[1, 1, null, null]] };
  const results = [
    { name: outputs.boxes, what: 'boxes', shapes: [[null, 4]] },
    { name: outputs.scores, what: 'scores', shapes: [[null]] },
    { name: outputs.semScores, what: 'confidences', shapes: [[null, confidenceBins]] },
    {
      name: outputs.masks,
      what: 'masks',
      shapes: [
        [null, 1, null, null],
        [null, null, null],
      ],
    },
    ...(outputs.limitUse ? [{ name: outputs.limitUse, what: 'use of limits', shapes: [[null]] }] : []),
  ];
  const surplus = inputs.filter(({ name }) => name !== input.name).map(({ name }) => name);
  return [
    ...faultsOf('input', [image], inputs),
    ...(surplus.length > 0 && surplus.length < inputs.length
      ? [`wants the inputs ${surplus.join(', ')} too; export it with the image as its only input`]
      : []),
    ...faultsOf('output', results, found),
  ];
}

function faultsOf(kind: string, wanted: readonly Wanted[], present: readonly TensorFacts[]): string[] {
  const absent = wanted.filter(({ name }) => !present.some((facts) => facts.name === name));
  const list = present.map(tensorText).join(', ');
  return [
    ...(absent.length > 0
      ? [
          `has no ${kind} named ${absent.map(({ name }) => name).join(', ')} (it has ${list}); correct the names in its manifest.json`,
        ]
      : []),
    ...wanted.flatMap(({ name, what, shapes }) => {
      const facts = present.find((candidate) => candidate.name === name);
      if (!facts || (facts.type === 'float32' && shapes.some((shape) => fits(facts, shape)))) return [];
      const forms = shapes.map((shape) => `[${shape.map((size) => size ?? 'n').join(', ')}]`).join(' or ');
      return [`${kind} ${tensorText(facts)} is no float32 ${forms}, which ${what} must be; export it so`];
    }),
  ];
}

/** A network that does not tell its shapes ([]) is believed until it runs. */
export function fits({ shape }: TensorFacts, wanted: readonly (number | null)[]): boolean {
  if (shape.length === 0) return true;
  return (
    shape.length === wanted.length &&
    shape.every((size, i) => wanted[i] === null || typeof size === 'string' || size === wanted[i])
  );
}

/** `boxes float32 [n, 4]`, for messages. */
export function tensorText({ name, type, shape }: TensorFacts): string {
  return `${name} ${type} [${shape.map((size) => (typeof size === 'number' ? size : size || 'n')).join(', ')}]`;
}
