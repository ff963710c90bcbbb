import type { StatusMessage } from '../../../publish/schema/status.ts';
import { status } from './live.ts';

const words: Readonly<Record<StatusMessage['health'], string>> = {
  normal: 'Healthy',
  'check-function': 'Checking itself',
  'maintenance-required': 'Needs a look',
  'out-of-specification': 'Out of specification',
  failure: 'Failure',
};

/** A shape beside the colour, so that neither alone tells. */
const shapes: Readonly<Record<StatusMessage['health'], string>> = {
  normal: '●',
  'check-function': '◐',
  'maintenance-required': '▲',
  'out-of-specification': '▲',
  failure: '■',
};

/** The daemon's health in a word, on every page. */
export function HealthMark() {
  const now = status.value;
  if (now === null) return <span class="health" />;
  const isOff = now.state === 'offline';
  return (
    <a class={`health ${isOff ? 'failure' : now.health}`} href="/#health">
      <span aria-hidden="true">{isOff ? '■' : shapes[now.health]}</span>{' '}
      {isOff ? 'Daemon stopped' : words[now.health]}
    </a>
  );
}
