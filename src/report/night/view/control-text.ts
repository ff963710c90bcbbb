import { counted, percentText } from '../../figure-text.ts';
import type { NightReport } from '../model.ts';
import { CONTROL_SAMPLES_MIN } from '../uncertain-control.ts';

/** What the control chart shows, in words. */
export function controlSentence({ control, samples }: NightReport): string {
  if (control.length === 0) return 'Uncertain particles: no sample to tell of.';
  const all = control.reduce((sum, { particleCount }) => sum + particleCount, 0);
  const mean = control.reduce((sum, { uncertainCount }) => sum + uncertainCount, 0) / all;
  if (control.length < CONTROL_SAMPLES_MIN) {
    return `Uncertain particles: ${percentText(mean)}; what is usual is told from ${CONTROL_SAMPLES_MIN} samples on.`;
  }
  const out = samples.filter((sample) => sample.control?.isOut);
  const verdict =
    out.length === 0
      ? 'none of the night is out of control'
      : `out of control: ${out.map(({ name, control: point }) => `${name} (${percentText(point!.share)})`).join(', ')}`;
  return `Uncertain particles: ${percentText(mean)} over the last ${counted(control.length, 'sample')}; ${verdict}.`;
}
