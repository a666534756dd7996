import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { vdmLinear } from '../../src/diffusion/schedule.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const N = 64;
const shape = { n: N, c: 3, h: 8, w: 8 };
const set: Images = {
  shape,
  values: Uint8Array.from(pixels(N * 192, 3), (value) => Math.round(127.5 * (value + 1))),
};
const source = valuesOf(set, 0, N);

/** Measured in float64 on the host, one seed's result strays by 0.09 bits at T = 1000 and by 0.05 at T = 4000. */
const runs = [
  { T: 1000, within: 0.03, seeds: 6 },
  { T: 4000, within: 0.01, seeds: 4 },
];

for (const { T, within, seeds } of runs) {
  test(`the ideal denoiser's code for one of ${N} images, T = ${T}: log_2 N bits within ${100 * within} %`, async ({
    gpu,
  }) => {
    const bits = await gpu.evaluate(
      async ([options, seeds]) => {
        const { codeLength, gpu } = window.harness;
        const before = gpu.bytes;
        const found: number[] = [];
        for (let seed = 1; seed <= seeds; seed++) found.push(await codeLength(gpu, { ...options, seed }));
        return { found, leaked: gpu.bytes - before };
      },
      [
        { source, shape, schedule: vdmLinear(T - 1, -18, 14), denoiser: { name: 'ideal', set } as const },
        seeds,
      ] as const,
    );
    const mean = bits.found.reduce((sum, value) => sum + value) / seeds;
    const variance = bits.found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1);
    const standardError = Math.sqrt(variance / seeds);
    report('bits', mean);
    report('standard error', standardError);
    expect(bits.leaked).toBe(0);
    expect(standardError).toBeLessThanOrEqual((within * Math.log2(N)) / 2);
    expect(Math.abs(mean / Math.log2(N) - 1)).toBeLessThanOrEqual(within);
  });
}

test('a measurement can be stopped, and gives all memory back', async ({ gpu }) => {
  const found = await gpu.evaluate(
    async (options) => {
      const { codeLength, failure, gpu } = window.harness;
      const before = gpu.bytes;
      const stop = new AbortController();
      const progress: number[] = [];
      const onProgress = (done: number) => {
        progress.push(done);
        if (progress.length === 3) stop.abort();
      };
      const error = await failure(codeLength(gpu, { ...options, onProgress, signal: stop.signal }));
      return { error: error?.name, progress, leaked: gpu.bytes - before };
    },
    { source, shape, schedule: vdmLinear(999), seed: 1, denoiser: { name: 'ideal', set } } as const,
  );
  expect(found.error).toBe('AbortError');
  expect(found.progress.length).toBe(3);
  expect(found.progress.at(-1)).toBeLessThan(1);
  expect(found.leaked).toBe(0);
});
