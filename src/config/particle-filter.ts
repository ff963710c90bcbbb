import type { z } from 'zod';
import { meant } from '../fault-text.ts';

/** What a particle can be asked for: columns of the table `particles` (docs/tables.md), in their units. */
export const filterQuantities = [
  'areaUm2',
  'diameterEquivalentUm',
  'confidence',
  'diameterFeretMinUm',
  'diameterFeretMaxUm',
  'perimeterUm',
  'aspectRatio',
  'circularity',
  'solidity',
] as const;
export type FilterQuantity = (typeof filterQuantities)[number];

/** Known only of a particle that one tile shows whole. */
export type OutlineQuantity = Exclude<FilterQuantity, 'areaUm2' | 'diameterEquivalentUm' | 'confidence'>;

const operators = ['<', '<=', '>', '>='] as const;

/** One condition, as `circularity >= 0.8`. */
export interface Comparison {
  readonly quantity: FilterQuantity;
  readonly operator: (typeof operators)[number];
  readonly limit: number;
}

/** A particle passes where all of it holds. */
export type ParticleFilter = readonly Comparison[];

const LETTERS_MAX = 500;
const ratios: ReadonlySet<string> = new Set(['aspectRatio', 'circularity', 'solidity', 'confidence']);
const TOKEN = /(?<word>[a-z_]\w*)|(?<number>\d*\.?\d+(?:e[+-]?\d+)?)|(?<operator>[<>]=?)|(?<other>\S)/giu;

type Kind = 'word' | 'number' | 'operator' | 'other' | 'end';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  /** Of its first character, from 1. */
  readonly place: number;
}

/** What a text says is no filter: where, what stands there, what may. */
class FilterError extends Error {
  override readonly name = 'FilterError';
}

/**
 * Reads comparisons joined by `and`: `circularity >= 0.8 and areaUm2 > 1`. Numbers are decimal, with a point.
 * @throws FilterError
 */
export function readFilter(text: string): ParticleFilter {
  if (text.length > LETTERS_MAX)
    throw new FilterError(`has ${text.length} characters, at most ${LETTERS_MAX} are read`);
  const tokens = tokensOf(text);
  const filter: Comparison[] = [];
  for (let at = 0; ; at += 4) {
    filter.push(comparisonAt(tokens, at));
    const next = tokens[at + 3]!; // the end, at the latest
    if (next.kind === 'end') return filter;
    if (next.text !== 'and') throw unexpected(next, '`and` or the end');
  }
}

/** The same filter always in the same letters. */
export function filterText(filter: ParticleFilter): string {
  return filter.map(({ quantity, operator, limit }) => `${quantity} ${operator} ${limit}`).join(' and ');
}

/** Whether it asks for something that joined particles do not have: their outline. */
export function asksForOutline(filter: ParticleFilter): boolean {
  return filter.some(({ quantity }) => isOutlineQuantity(quantity));
}

export function isOutlineQuantity(quantity: FilterQuantity): quantity is OutlineQuantity {
  return quantity !== 'areaUm2' && quantity !== 'diameterEquivalentUm' && quantity !== 'confidence';
}

/** For a schema: the fault of a text that is no filter. */
export function refineFilter(text: string, context: z.RefinementCtx): void {
  try {
    readFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
}

function comparisonAt(tokens: readonly Token[], at: number): Comparison {
  const [name, sign, number] = [0, 1, 2].map((step) => tokens[Math.min(at + step, tokens.length - 1)]!);
  const quantity = filterQuantities.find((known) => known === name!.text);
  if (quantity === undefined) {
    const words = `one of ${filterQuantities.join(', ')}`;
    throw unexpected(name!, words, name!.kind === 'word' ? meant(name!.text, filterQuantities) : '');
  }
  const operator = operators.find((known) => known === sign!.text);
  if (operator === undefined) throw unexpected(sign!, operators.join(', '));
  if (number!.kind !== 'number') throw unexpected(number!, 'a number such as 0.8');
  const limit = Number(number!.text);
  const most = ratios.has(quantity) ? 1 : Number.MAX_VALUE;
  if (limit > most) throw unexpected(number!, `at most ${most}, as ${quantity} is`);
  return { quantity, operator, limit };
}

function tokensOf(text: string): Token[] {
  const found = [...text.matchAll(TOKEN)].map(({ 0: shown, index, groups = {} }): Token => {
    const [kind] = Object.entries(groups).find(([, part]) => part !== undefined) ?? ['other'];
    return { kind: kind as Kind, text: shown, place: index + 1 };
  });
  return [...found, endOf(text)];
}

function endOf(text: string): Token {
  return { kind: 'end', text: '', place: text.length + 1 };
}

function unexpected({ kind, text, place }: Token, expected: string, hint = ''): FilterError {
  const found = kind === 'end' ? 'the end' : JSON.stringify(text);
  return new FilterError(`at character ${place} stands ${found}, expected ${expected}${hint}`);
}
