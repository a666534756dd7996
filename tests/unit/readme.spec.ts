import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const readme = readFileSync('README.md', 'utf8');

test('the examples in the README are those that the GPU tests run', () => {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block);
  const examples = ['example', 'sampler-example'].map((name) =>
    readFileSync(`tests/gpu/harness/${name}.ts`, 'utf8').replace('../../../src/index.ts', 'diffuscope'),
  );
  expect(blocks).toEqual(examples);
});

test('every file that the README names is there', () => {
  const named = [...readme.matchAll(/`((?:src|shaders|tests)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  );
  expect(named.length).toBeGreaterThan(10);
  for (const path of named) expect(existsSync(path), path).toBe(true);
});
