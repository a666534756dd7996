/** What the documents say of the code is so. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { withNeeds } from '../../vite/needs.ts';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/equations.md',
  'docs/architecture.md',
  'docs/library.md',
  'docs/bench/choices.md',
];
const text = (file: string) => readFileSync(file, 'utf8');

test('the examples in the documents are those that the GPU tests run', () => {
  const blocks = ['README.md', 'docs/library.md'].flatMap((file) =>
    [...text(file).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block),
  );
  const examples = ['example', 'sampler-example'].map((name) =>
    text(`tests/gpu/harness/${name}.ts`)
      .replace('../../../src/index.ts', 'diffuscope')
      .replace(/\.\.\/\.\.\/\.\.\/src\/(\w+)\.ts/g, 'diffuscope/$1'),
  );
  expect(blocks).toEqual(examples);
});

test('the README is short', () => {
  expect(text('README.md').split('\n').length).toBeLessThanOrEqual(120);
});

for (const document of documents) {
  test(`every file that ${document} names is there, and every link leads somewhere`, () => {
    const named = [...text(document).matchAll(/`((?:src|shaders|tests|scripts|docs)\/[\w./-]+)`/g)];
    const linked = [...text(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
    const paths = [
      ...named.map(([, path = '']) => path),
      ...linked.map(([, to = '']) => join(dirname(document), to)),
    ];
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(existsSync(path), path).toBe(true);
  });
}

/** Files that a module imports, itself or by what it imports, now or later. */
function reached(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file)) return known;
  known.add(file);
  if (file.endsWith('.wgsl')) for (const need of withNeeds(file)) known.add(relative('.', need));
  if (!/\.m?[jt]s$/.test(file)) return known;
  for (const [, path = ''] of text(file).matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
    reached(join(dirname(file), path), known);
  }
  return known;
}

/** A test in a page has what the page has: the harness of the GPU's tests, or the whole page. */
const pageOf = (test: string): string[] =>
  test.startsWith('tests/gpu/')
    ? ['tests/gpu/harness.ts']
    : test.startsWith('tests/page/')
      ? ['src/main.ts']
      : [];

test('of every equation the tests that are named import the files that are named', () => {
  const rows = text('docs/equations.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`tests/'));
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const named = [...row.matchAll(/`((?:src|shaders|tests)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    const tests = named.filter((path) => path.startsWith('tests/'));
    const files = named.filter((path) => !path.startsWith('tests/'));
    const known = new Set(
      tests.flatMap((test) => [test, ...pageOf(test)].flatMap((file) => [...reached(file)])),
    );
    expect(files.length, row).toBeGreaterThan(0);
    for (const file of files) expect(known.has(file), `${tests} reach ${file}`).toBe(true);
  }
});
