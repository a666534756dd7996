import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const readme = readFileSync('README.md', 'utf8');

test('the example in the README is the one that the GPU tests run', () => {
  const example = readFileSync('tests/gpu/harness/example.ts', 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  expect(block).toBe(example.replace('../../../src/index.ts', 'diffuscope'));
});

test('every file that the README names is there', () => {
  const named = [...readme.matchAll(/`((?:src|shaders|tests)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  );
  expect(named.length).toBeGreaterThan(10);
  for (const path of named) expect(() => readFileSync(path), path).not.toThrow();
});
