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

/**
 * Where images are told apart, at γ from 0.5 to 3.5, their error depends on the noise; elsewhere hardly. In float64 on the
 * host, one draw of each x_t for 64 images strays by 0.09 bits at T = 1000 and by 0.046 at T = 4000, all of it from there.
 * So many draws leave 0.045 and 0.016, a quarter of what is allowed.
 */
const runs = [
  { T: 1000, within: 0.03, draws: 4 },
  { T: 4000, within: 0.01, draws: 8 },
];

for (const { T, within, draws } of runs) {
  test(`the ideal denoiser's code for one of ${N} images, T = ${T}: log_2 N bits within ${100 * within} %`, async ({
    gpu,
  }) => {
    const found = await gpu.evaluate(
      async ([options, draws]) => {
        const { codeLength, gpu } = window.harness;
        const before = gpu.bytes;
        const { alpha, sigma } = options.schedule;
        const gamma = (t: number) => 2 * Math.log((sigma[t] as number) / (alpha[t] as number));
        const bits = await codeLength(gpu, {
          ...options,
          draws: (t) => (0.5 < gamma(t) && gamma(t) < 3.5 ? draws : 1),
        });
        return { bits, leaked: gpu.bytes - before };
      },
      [
        {
          ...{ source, shape, schedule: vdmLinear(T - 1, -18, 14), seed: 1 },
          denoiser: { name: 'ideal', set } as const,
        },
        draws,
      ] as const,
    );
    report('bits', found.bits);
    expect(found.leaked).toBe(0);
    expect(Math.abs(found.bits / Math.log2(N) - 1)).toBeLessThanOrEqual(within);
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

test('the page’s plot: measures at ever more steps on demand, can be stopped, and another set begins anew', async ({
  gpu,
}) => {
  const few: Images = { shape: { ...shape, n: 9 }, values: set.values.slice(0, 9 * 192) };
  await gpu.evaluate((images) => window.harness.mountCodeLength(images), few);
  const plot = gpu.locator('diffuscope-code-length');
  await expect(plot).toContainText('Measured with 9 images out of the 9 of this set, shrunk to 8 × 8');
  await plot.getByRole('button', { name: 'Measure' }).click();
  await expect(plot.getByRole('row')).toHaveCount(4, { timeout: 60_000 });
  await plot.getByRole('button', { name: 'Stop' }).click();
  await expect(plot.getByRole('button', { name: 'Measure' })).toBeVisible();
  await expect(plot).toContainText('log₂ 9 = 3.170');
  // Those that were waited for: how many more there are by the time of the stop is chance.
  const bits = (await plot.locator('tbody td:nth-child(2)').allTextContents()).slice(0, 3).map(Number);
  // Fewer with every finer T, but for the noise's part: 0.09 bits for 64 images, more in proportion to 1/√n for 9.
  const deviation = 0.09 * Math.sqrt(N / 9);
  bits.slice(1).forEach((finer, i) => {
    expect(finer).toBeLessThan((bits[i] as number) + 2 * Math.SQRT2 * deviation);
  });
  expect(bits[0]).toBeGreaterThan(bits[2] as number);
  for (const row of bits) expect(row).toBeGreaterThan(Math.log2(9) - 2 * deviation);
  expect(bits[2]).toBeLessThan(1.3 * Math.log2(9));
  await expect(plot.locator('.plot canvas')).toBeVisible();
  await gpu.evaluate((images) => window.harness.mountCodeLength(images), set);
  await expect(plot).toContainText('Measured with 64 images out of the 64');
  await expect(plot.getByRole('row')).toHaveCount(0);
  await gpu.evaluate(() => document.body.replaceChildren());
});
