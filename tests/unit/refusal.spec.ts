import { expect, test } from '@playwright/test';
import { GpuError, TooLarge } from '../../src/gpu/errors.ts';
import { refusalOf } from '../../src/page/refusal.ts';
import { words as en } from '../../src/page/text/en/page.ts';
import { words as zh } from '../../src/page/text/zh/page.ts';

const errors = {
  'a value that cannot be': new RangeError('no such step'),
  'a size': new TooLarge('9 × 9', 3 * 2 ** 20, 2 ** 20, 8192),
  'no memory': new GpuError('out-of-memory', 'out of memory'),
  'the GPU’s own words': new GpuError('validation', 'a binding is missing'),
  'anything else': new Error('fetch failed'),
};

for (const [language, words] of Object.entries({ en, zh })) {
  test(`${language}: errors of different kinds are said in different sentences, which say that nothing was changed`, () => {
    const text = { ...words, lang: language };
    const said = Object.values(errors).map((error) => refusalOf(error, text));
    expect(new Set(said.map((words) => words.slice(0, 9))).size).toBe(said.length);
    for (const words of said) expect(words).toMatch(/Nothing was changed|未作更改/);
    // A wrong number is not said to be too much for the GPU.
    expect(said[0]).not.toMatch(/GPU/);
    expect(said[1]).toContain('3.0 MiB');
    expect(said[1]).toContain('8192');
    expect(said[3]).toContain('a binding is missing');
    expect(said[4]).toContain('fetch failed');
  });
}
