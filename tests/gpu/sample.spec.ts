/** Runs that are computed rather than watched. */
import { ladder } from '../../src/diffusion/ladder.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { stateBytes, valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, test } from './fixture.ts';

const shape = { n: 1, c: 3, h: 9, w: 7 };
const source = pixels(valueCount(shape));
const schedule = cosine(30);
const steps = samplers['dpmpp-2m'].make()(ladder(schedule, 'trailing', 6));
const set = { shape: { ...shape, n: 3 }, values: pixels(3 * valueCount(shape)) };
const runs = {
  'a run there and back': {
    ...{ shape, source, schedule, seed: 5, start: 'forward', steps },
    denoiser: { name: 'gaussian', deviation: 0.3 },
  },
  'one that generates': { shape, seed: 5, steps, denoiser: { name: 'ideal', set } },
} as const;

for (const [name, options] of Object.entries(runs)) {
  test(`${name}: its way back, state by state, the bits of a run that is watched, and no memory of a chart’s`, async ({
    gpu,
  }) => {
    const found = await gpu.evaluate(async (options) => {
      const { gpu, sample, withRun } = window.harness;
      const before = gpu.bytes;
      const states = [];
      let taken = 0;
      for await (const { x, x0Hat, level, t } of sample(gpu, options)) {
        taken = gpu.bytes - before;
        states.push({ x, x0Hat, level, t });
      }
      const leaked = gpu.bytes - before;
      const watched = await withRun(options, async (run) => {
        const first = run.path.there.length;
        const read = [];
        for (let p = first; p <= run.last; p++) read.push(await run.read(p));
        return { read, taken: gpu.bytes - before, back: run.path.back };
      });
      return { states, taken, leaked, watched };
    }, options);
    const { states, watched } = found;
    expect(states.map(({ x }) => x)).toEqual(watched.read);
    expect(states.map(({ t }) => t)).toEqual(watched.back);
    // The last step goes to clean data, which is what the denoiser said before.
    expect(states.at(-1)?.x).toEqual(states.at(-2)?.x0Hat);
    expect(states[0]?.level).toMatchObject({ alpha: schedule.alpha[30], sigma: schedule.sigma[30] });
    expect(found.leaked).toBe(0);
    // Neither the chart's state nor its slots, nor its denoiser.
    expect(watched.taken - found.taken).toBeGreaterThan(2 * stateBytes(shape));
  });
}

test('a loop that is left gives the memory back, and so does one whose options cannot be', async ({
  gpu,
}) => {
  const found = await gpu.evaluate(async (options) => {
    const { gpu, failure, sample } = window.harness;
    const before = gpu.bytes;
    let states = 0;
    for await (const _ of sample(gpu, options)) if (++states === 2) break;
    const after = gpu.bytes - before;
    const refused = await failure(sample(gpu, { ...options, seed: -1 }).next());
    return { states, after, refused: refused?.name, leaked: gpu.bytes - before };
  }, runs['one that generates']);
  expect(found).toEqual({ states: 2, after: 0, refused: 'RangeError', leaked: 0 });
});

test('of two states that are read at once both are answered', async ({ gpu }) => {
  const options = runs['a run there and back'];
  const found = await gpu.evaluate(
    (options) =>
      window.harness.withRun(options, async (run) => {
        const [late, early] = await Promise.all([run.read(run.last), run.read(3)]);
        return { late, early, again: [await run.read(run.last), await run.read(3)] };
      }),
    options,
  );
  expect([found.late, found.early]).toEqual(found.again);
});
