import { expect, test } from '@playwright/test';
import { type SamplerRow, samplerRows, slotCount } from '../../src/diffusion/sampler-rows.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { unipc } from '../../src/diffusion/samplers/unipc.ts';
import {
  type Form,
  type Level,
  m,
  type Sampler,
  type Step,
  sum,
  x,
  x0Hat,
} from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { clean, even } from './levels.ts';

const levels = [...even('vp', 9), clean];
const START = 0.8;
const denoise = (x: number, { alpha }: Level) => Math.tanh(alpha * x) - 0.1;

/** As the kernel does it: a state and four slots, one row after the other. */
function bySlots(rows: readonly SamplerRow[], steps: readonly Step[]): number[] {
  let state = START;
  const slots = [0, 0, 0, 0];
  return rows.map(({ a, b, bUnclipped, c, s, keep, kept }, i) => {
    const x0Hat = denoise(state, (steps[i] as Step).at);
    const known = [state, x0Hat, x0Hat, ...slots];
    const evaluate = (form: Form) =>
      form.reduce((total, weight, k) => total + weight * (known[k] as number), 0);
    state = evaluate([a, b, bUnclipped, ...c]) + s * Math.sin(i);
    if (keep !== undefined) slots[keep] = evaluate(kept as Form);
    return state;
  });
}

/** With UniPC of order 4 all four slots are in use. */
const all: readonly (readonly [string, Sampler])[] = [
  ...Object.entries(samplers).map(([name, { make }]) => [name, make()] as const),
  ['unipc of order 4', unipc({ order: 4 })],
];

test('rows with slots go where steps with a memory go', () => {
  const off = all.map(([name, sampler]) => {
    const steps = sampler(levels);
    const noise = (i: number) => [Math.sin(i)];
    const values = [
      ...walk({ steps, x: [START], denoise: ([x], at) => [denoise(x as number, at)], noise }),
    ].map(([value]) => value as number);
    const worst = bySlots(samplerRows(steps), steps).map((value, i) =>
      Math.abs(value - (values[i] as number)),
    );
    return [name, Math.max(...worst)] as const;
  });
  expect(off.filter(([, worst]) => !(worst < 1e-12))).toEqual([]);
  expect(slotCount(samplerRows(unipc({ order: 4 })(levels)))).toBe(4);
});

test('a memory that the kernel has not is refused', () => {
  const [at, to] = levels as [Level, Level];
  const step = (next: Form, keep: readonly Form[] = []): Step => ({ at, to, next, keep });
  expect(() => samplerRows([step(m[0])])).toThrow(/m_1, which no step has kept/);
  expect(() => samplerRows([step(x, [x0Hat]), step(x), step(m[0])])).toThrow(/m_1/);
  expect(() => samplerRows([step(x, [x0Hat, sum([2, x])])])).toThrow(/keeps 2 values, 2 of them new/);
  expect(() => samplerRows([step(x, [x0Hat, m[0], m[1], m[2], m[3]])])).toThrow(RangeError);
});

test('noise that a step draws must be given', () => {
  const [at, to] = levels as [Level, Level];
  const steps = [{ at, to, next: x, s: 1 }];
  expect(() => [...walk({ steps, x: [0], denoise: (x) => x })]).toThrow(/step 0 draws noise/);
});
