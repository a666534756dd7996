/** What the opening view computes without a GPU: its links, its tiles, its windows, and how new a sample is. */
import { expect, test } from '@playwright/test';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { heun } from '../../src/diffusion/samplers/heun.ts';
import { ratio } from '../../src/diffusion/step.ts';
import { meanDistance, spreadOf } from '../../src/page/generate/novelty.ts';
import { fallingFrom, stepsOf } from '../../src/page/generate/steps.ts';
import { neighbour, tiling } from '../../src/page/generate/tiles.ts';
import { defaults, formatLink, parseLink } from '../../src/page/generate/wanted.ts';
import { NOTCHES, notchOf, scaled, widest, windowAt } from '../../src/page/generate/window-sizes.ts';
import { viewOf } from '../../src/page/views.ts';

const base = defaults(false);

test('a link says all there is to say, and reading it gives the same back', () => {
  const wanted = {
    ...base,
    set: 'emoji',
    source: 2,
    denoiser: 'ideal',
    k: 35,
    n: 4,
    seed: 7,
    sampler: 'heun',
    steps: 12,
    eta: 0.35,
  } as const;
  const link = formatLink(wanted, { sample: 3, t: 5 });
  expect(parseLink(link, base)).toEqual({ wanted, sample: 3, t: 5, nonsense: [] });
  expect(viewOf(link)).toBe('generate');
});

test('nonsense is named, and the rest is used', () => {
  const link = parseLink(
    '#view=generate&k=50&n=65&steps=1&eta=2&sampler=posterior&seed=-1&t=x&sample=16&what=1&n=8',
    base,
  );
  const nonsense = [
    'k=50',
    'n=65',
    'steps=1',
    'eta=2',
    'sampler=posterior',
    'seed=-1',
    'what=1',
    'sample=16',
    't=x',
  ];
  expect(link).toEqual({ wanted: { ...base, n: 8 }, sample: undefined, t: undefined, nonsense });
});

test('no link opens this view, and one without a view is a run’s', () => {
  expect(
    ['', '#', '#view=generate', '#size=64&T=20&t=0', '#view=theorem', '#view=nowhere'].map(viewOf),
  ).toEqual(['generate', 'generate', 'generate', 'run', 'theorem', 'run']);
});

test('tiles are nearly square and leave few places empty', () => {
  const shapes = [1, 2, 3, 4, 6, 8, 9, 16, 20, 64].map((n) => tiling(n));
  expect(shapes.map(({ columns, rows }) => `${columns}×${rows}`)).toEqual([
    '1×1',
    '2×1',
    '3×1',
    '2×2',
    '3×2',
    '4×2',
    '3×3',
    '4×4',
    '5×4',
    '8×8',
  ]);
  for (let n = 1; n <= 64; n++) {
    const { columns, rows } = tiling(n);
    expect(columns * rows).toBeGreaterThanOrEqual(n);
    expect((rows - 1) * columns).toBeLessThan(n);
  }
});

test('arrow keys stay on the wall', () => {
  const wall = tiling(8);
  const from = (key: string, b: number) => neighbour(key, b, 8, wall);
  expect([from('ArrowRight', 3), from('ArrowDown', 3), from('ArrowUp', 3), from('ArrowDown', 7)]).toEqual([
    4, 7, 3, 7,
  ]);
  expect([from('Home', 5), from('End', 5), from('Enter', 5)]).toEqual([0, 7, undefined]);
});

test('the slider has every window from 5 to the whole picture, odd, and keeps the one it is given', () => {
  for (const size of [28, 32, 64]) {
    const windows = Array.from({ length: NOTCHES + 1 }, (_, i) => windowAt(i, size));
    expect(windows[0]).toBe(5);
    expect(windows.at(-1)).toBe(widest(size));
    expect(windows.every((k, i) => k % 2 === 1 && (i === 0 || k >= (windows[i - 1] as number)))).toBe(true);
    expect(windowAt(notchOf(35, size), size)).toBe(35);
  }
  expect([scaled(51, 64, 32), scaled(127, 64, 32), scaled(5, 64, 32)]).toEqual([25, 63, 5]);
});

test('branches leave by falling levels only, to clean data', async () => {
  const steps = await stepsOf({ sampler: 'heun', steps: 6, eta: 0 });
  const levels = [steps[0]?.at, ...steps.map(({ to }) => to)].flatMap((level) => level ?? []);
  expect(steps).toEqual(heun()(recipeLevels(6)));
  const falling = fallingFrom(levels, 3);
  expect(falling.length).toBeGreaterThan(2);
  expect(falling.every((level, i) => i === 0 || ratio(level) < ratio(falling[i - 1] as typeof level))).toBe(
    true,
  );
  expect(falling.at(-1)?.sigma).toBe(0);
});

test('distances are root mean squares a value', () => {
  const set = {
    shape: { n: 3, c: 1, h: 1, w: 2 },
    values: Float32Array.from([0, 0, 1, 1, -1, 0.5]),
  };
  const [a, b, c] = [1, Math.sqrt(1.25 / 2), Math.sqrt(4.25 / 2)];
  expect(meanDistance(set.values, 2)).toBeCloseTo((a + b + c) / 3, 6);
  expect(spreadOf(set)).toBeCloseTo((b + a + b) / 3, 6);
});
