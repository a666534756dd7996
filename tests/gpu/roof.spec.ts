/** The share of the memory's limit: of runs whose steps' time is known and move no more than states, and of no others. */
import type { DenoiserOptions } from '../../src/denoisers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, stateBytes, valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, test } from './fixture.ts';

const shape: Shape = { n: 4, c: 3, h: 32, w: 32 };
/** Of a step. */
const MS = 0.5;

test('three states a step, of what a copy of them moves; nothing is kept for it', async ({ gpu }) => {
  const options = {
    shape,
    source: pixels(valueCount(shape)),
    schedule: cosine(5),
    seed: 1,
    start: 'forward',
  } as const;
  const denoisers: DenoiserOptions[] = [{ name: 'oracle' }, { name: 'gaussian', deviation: 0.1 }];
  const found = await gpu.evaluate(
    async ([options, denoisers, bytes, ms]) => {
      const { copyRate, gpu, shareOf, withRun } = window.harness;
      const before = gpu.bytes;
      const rate = await copyRate(gpu, bytes);
      const kept = gpu.bytes - before;
      const shares: (number | undefined)[] = [];
      for (const denoiser of denoisers) {
        await withRun({ ...options, denoiser }, (run) => {
          shares.push(shareOf(run, rate));
          Object.defineProperty(run, 'busyMsPerStep', { value: ms });
          shares.push(shareOf(run, rate));
        });
      }
      return { rate, kept, shares };
    },
    [options, denoisers, stateBytes(shape), MS] as const,
  );
  expect(found.kept).toBe(0);
  expect(found.rate).toBeGreaterThan(1e7);
  const share = (3 * stateBytes(shape)) / (MS / 1e3) / found.rate;
  expect(found.shares).toEqual([undefined, expect.closeTo(share, 6), undefined, undefined]);
});
