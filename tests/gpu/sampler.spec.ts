import { ladder } from '../../src/diffusion/ladder.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { lastPosition, type Start, sampledPath } from '../../src/diffusion/path.ts';
import { gaussianWeights } from '../../src/diffusion/posterior-mean.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { vdmLinear } from '../../src/diffusion/schedule.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 on the GPU against float64 on the host, relative to the largest value that the run has had by then. */
const WITHIN = 2e-5;

const T = 40;
const shape = { n: 2, c: 3, h: 5, w: 7 };
const count = valueCount(shape);
const source = pixels(count);
/** Its α_T is 0.08: methods in ε̂ divide by it, and where it is tiny they multiply float32's rounding by as much. */
const schedule = vdmLinear(T - 1);
const deviation = 0.3;
const denoiser = { name: 'gaussian', deviation } as const;

const denoise = (x: Float64Array, at: Level) => {
  const { p, q } = gaussianWeights(at, deviation);
  return x.map((value, i) => p * value + q * (source[i] as number));
};

for (const [name, { make }] of Object.entries(samplers)) {
  for (const start of ['forward', 'fresh'] as const) {
    const steps = make()(ladder(schedule, 'linspace', 10));
    const given = { shape, source, schedule, seed: 5, start, denoiser, steps };

    test(`${name} from ${start} noise: every state is that of the host, scrubbed to or played`, async ({
      gpu,
    }) => {
      const states = await gpu.evaluate(
        (given) =>
          window.harness.withRun(given, async (run) => {
            const first = given.schedule.T + 1;
            const positions = given.steps.map((_, i) => first + 1 + i);
            const played: Float32Array[] = [];
            for (const p of [first, ...positions]) played.push(await run.read(p));
            await window.harness.framesUntil(run, () => run.chart.done);
            const scrubbed: Float32Array[] = [];
            for (const p of [first, ...positions].toReversed()) scrubbed.unshift(await run.read(p));
            return { played, scrubbed };
          }),
        given,
      );
      expect(states.scrubbed).toEqual(states.played);
      const run = sampledPath(schedule, 5, start satisfies Start, steps);
      expect(lastPosition(run)).toBe(T + 1 + steps.length);
      const [x_T, ...after] = states.played;
      const keys = run.rows.slice(T + 2).map(({ key }) => key);
      const noise = (i: number) => normals(keys[i] as readonly [number, number], count);
      const expected = [...walk({ steps, x: x_T as Float32Array, denoise, noise })];
      let scale = 1;
      const errors = after.map((state, i) => {
        const exact = expected[i] as Float64Array;
        scale = exact.reduce((largest, value) => Math.max(largest, Math.abs(value)), scale);
        return (
          exact.reduce((most, value, k) => Math.max(most, Math.abs((state[k] as number) - value)), 0) / scale
        );
      });
      report('largest error', Math.max(...errors));
      expect(Math.max(...errors)).toBeLessThanOrEqual(WITHIN);
    });
  }
}
