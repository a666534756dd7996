import { expect, test } from '@playwright/test';
import { gathered } from '../../src/diffusion/gathered.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { gaussianWeights } from '../../src/diffusion/posterior-mean.ts';
import { type SamplerEntry, samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Level, m, type Step, x, x0Hat } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';

// Begins at α = 5e-5, where x/α is large.
const levels = ladder(cosine(1000), 'linspace', 10);
const source = [-0.9, -0.2, 0.4, 1];
const denoise = (x: Float64Array, at: Level) => {
  const { p, q } = gaussianWeights(at, 0.3);
  return x.map((value, i) => p * value + q * (source[i] as number));
};
const noise = (i: number) => source.map((_, k) => Math.sin(3 * i + k));
const states = (steps: readonly Step[]) => [...walk({ steps, x: [1.3, -0.4, 2.2, -1.7], denoise, noise })];

test('every sampler goes where it went before', () => {
  for (const [name, { make }] of Object.entries(samplers) as [string, SamplerEntry][]) {
    const steps = make()(levels);
    const [before, after] = [states(steps), states(gathered(steps))];
    const scale = Math.max(1, ...before.flatMap((state) => [...state.map(Math.abs)]));
    const off = before.map((state, i) =>
      Math.max(...state.map((value, k) => Math.abs(value - (after[i]?.[k] as number)))),
    );
    expect.soft(Math.max(...off) / scale, name).toBeLessThan(1e-10);
  }
});

for (const name of ['heun', 'dpm2', 'dpm2-ancestral', 'dpm-solver-2'] as const) {
  test(`${name}: the second stage adds no large terms that cancel`, () => {
    const weightsOfX = ([first, second]: readonly Step[]) =>
      [first?.keep?.[0]?.[0], second?.next[0]].map((weight) => Math.abs(weight as number));
    const steps = samplers[name].make()(levels);
    expect(Math.max(...weightsOfX(steps))).toBeGreaterThan(500);
    expect(Math.max(...weightsOfX(gathered(steps)))).toBeLessThan(10);
  });
}

test('what is needed later, what noise hides, and what does not cancel stays as it is', () => {
  const at = { alpha: 0.6, sigma: 0.8, t: 1 };
  const large: Step = { at, to: at, next: x.map((c) => 100 * c), keep: [x.map((c) => 100 * c)] };
  const difference = [1, 0.5, 0, -1, 0, 0, 0];
  const apart = (first: Step, second: Step) => expect(gathered([first, second])).toEqual([first, second]);
  apart(large, { at, to: at, next: difference, keep: [m[0]] });
  apart({ ...large, s: 0.1 }, { at, to: at, next: difference });
  apart(large, { at, to: at, next: [1, 0.5, 0, 1, 0, 0, 0] });
  apart({ at, to: at, next: x }, { at, to: at, next: x0Hat });
  const [first, second] = gathered([large, { at, to: at, next: difference }]) as [Step, Step];
  expect(first.keep).toEqual([[0, 0, 0, 0, 0, 0, 0]]);
  expect(second.next).toEqual([0, 0.5, 0, 1, 0, 0, 0]);
});
