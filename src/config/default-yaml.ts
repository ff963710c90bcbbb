import { stringify } from 'yaml';
import { settingEntries } from './environment.ts';
import { configSchema } from './schema.ts';

/** `config/default.yaml`: every key with its default, its description and its environment variable. */
export function defaultYaml(): string {
  const lines = [
    '# yaml-language-server: $schema=../docs/schemas/config.schema.json',
    '# Every setting of particled with its default. Copy what you change into a file of your own and',
    '# start `particled run --config FILE`. Written by `npm run docs` from src/config/schema.ts.',
  ];
  const entries = settingEntries();
  for (const [section, schema] of Object.entries(configSchema.shape)) {
    lines.push('', `# ${schema.description ?? ''}`, `${section}:`);
    for (const entry of entries.filter((candidate) => candidate.section === section)) {
      lines.push(`  # ${entry.description}`, `  # (${entry.variable})`);
      lines.push(
        ...stringify({ [entry.name]: entry.default })
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
