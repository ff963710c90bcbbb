import { describe, expect, it } from 'vitest';
import { moduleUrl } from '../src/module-url.ts';

describe('the module beside another', () => {
  it('is .ts where that is .ts, and .js where it is .js', () => {
    expect(moduleUrl('./segmenter', 'file:///app/src/parts.ts').href).toBe('file:///app/src/segmenter.ts');
    expect(moduleUrl('../cli', 'file:///app/dist/commands/demo.js').href).toBe('file:///app/dist/cli.js');
  });
});
