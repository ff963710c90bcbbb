import type { NetworkFacts } from '../network.ts';
import { fits, type TensorFacts, tensorText } from './network-contract.ts';

/** The outputs that particled reads, as a person names them on the command line. */
export const OUTPUT_ROLES = ['boxes', 'scores', 'sem-scores', 'masks'] as const;
export type OutputRole = (typeof OUTPUT_ROLES)[number];

/** Shape of each role, and names that exporters give it beside its own. */
const FORMS: Record<OutputRole, { shapes: (number | null)[][]; what: string; aliases: string[] }> = {
  boxes: { shapes: [[null, 4]], what: 'boxes, float32 [n, 4]', aliases: [] },
  scores: { shapes: [[null]], what: 'scores, float32 [n]', aliases: ['objectness'] },
  'sem-scores': {
    shapes: [[null, null]],
    what: 'confidence bins of the uncertainty head, float32 [n, bins]',
    aliases: ['confidence', 'uncertainty'],
  },
  masks: {
    shapes: [
      [null, 1, null, null],
      [null, null, null],
    ],
    what: 'masks, float32 [n, 1, height, width]',
    aliases: [],
  },
};

export interface RecognisedNetwork {
  readonly input: string;
  /** The one size that it takes; null: any. */
  readonly fixedPx: { readonly width: number; readonly height: number } | null;
  readonly outputs: Readonly<Record<OutputRole, string>>;
  /** Null: the file does not tell. */
  readonly confidenceBins: number | null;
}

/**
 * Which output is which: as `named`, else by its own name, else by being the only one left of its shape, as
 * traced networks name theirs by number.
 * @returns faults in words, each with what there is and what to do, where one cannot be told.
 */
export function recogniseNetwork(
  { inputs, outputs }: NetworkFacts,
  named: Readonly<Partial<Record<OutputRole, string>>>,
): RecognisedNetwork | { readonly faults: readonly string[] } {
  const found = new Map<OutputRole, TensorFacts>();
  for (const role of OUTPUT_ROLES) {
    const facts = outputs.find(({ name }) => (named[role] ? name === named[role] : isCalled(name, role)));
    if (facts) found.set(role, facts);
  }
  for (const role of OUTPUT_ROLES) {
    if (found.has(role) || named[role]) continue;
    const left = outputs.filter((facts) => ![...found.values()].includes(facts) && isShaped(facts, role));
    if (left.length === 1) found.set(role, left[0]!);
  }
  const list = outputs.map(tensorText).join(', ');
  const faults = OUTPUT_ROLES.filter((role) => !found.has(role)).map((role) =>
    named[role]
      ? `has no output named ${named[role]} (it has ${list}); correct --output ${role}=NAME`
      : `which output holds ${FORMS[role].what}? It has ${list}; say it with --output ${role}=NAME, or export it`,
  );
  const [image] = inputs;
  if (!image) faults.push('has no input; export it with one grey image as its input');
  if (!image || faults.length > 0) return { faults };
  const [height, width] = image.shape.slice(-2);
  const bins = found.get('sem-scores')!.shape[1];
  return {
    input: image.name,
    fixedPx: typeof width === 'number' && typeof height === 'number' ? { width, height } : null,
    outputs: {
      boxes: found.get('boxes')!.name,
      scores: found.get('scores')!.name,
      'sem-scores': found.get('sem-scores')!.name,
      masks: found.get('masks')!.name,
    },
    confidenceBins: typeof bins === 'number' ? bins : null,
  };
}

function isCalled(name: string, role: OutputRole): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return [role.replace('-', ''), ...FORMS[role].aliases].includes(plain);
}

/** Four columns are boxes; confidences have any other number. */
function isShaped(facts: TensorFacts, role: OutputRole): boolean {
  if (facts.type !== 'float32' || facts.shape.length === 0) return false;
  if (role === 'sem-scores' && facts.shape[1] === 4) return false;
  if (role === 'boxes' && facts.shape[1] !== 4) return false;
  return FORMS[role].shapes.some((shape) => fits(facts, shape));
}
