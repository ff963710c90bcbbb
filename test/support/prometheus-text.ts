/** A sample of Prometheus's text format 0.0.4. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (-?[0-9.e+-]+|[Nn]a[Nn]|[+-]Inf)$`); // as Go's ParseFloat takes it
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/gy;

/** @throws Error naming the line that the format does not allow, or that no TYPE precedes */
export function prometheusSamples(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const typed = new Set<string>();
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const type = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line)?.[1];
      if (type) typed.add(type);
      if (line === '' || line.startsWith('# ')) return [];
      const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
      const base = name.replace(/_(bucket|sum|count)$/, '');
      if (!name || !(typed.has(name) || typed.has(base))) throw new Error(`not of the format: ${line}`);
      return [{ name, labels: labelsOf(labels, line), value: Number(value.replace('Inf', 'Infinity')) }];
    });
}

function labelsOf(text: string, line: string): Record<string, string> {
  const pairs = [...text.matchAll(LABEL)];
  if (pairs.map(([all]) => all).join('') !== text) throw new Error(`labels not of the format: ${line}`);
  return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, value]));
}
