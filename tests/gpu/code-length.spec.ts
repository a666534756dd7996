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
 * How near to log_2 N it is to be, and how often noise is drawn where images are told apart, at γ from 0.5 to 3.5: there the
 * error depends on the noise, elsewhere hardly. So often that the standard error is a third of what is allowed at most.
 */
const runs = [
  { T: 1000, within: 0.03, draws: 4 },
  { T: 4000, within: 0.01, draws: 8 },
];

for (const { T, within, draws } of runs) {
  test(`the ideal denoiser's code for one of ${N} images, T = ${T}: log_2 N bits within ${100 * within} %`, async ({
    gpu,
  }) => {
    const { bits, standardError, leaked } = await gpu.evaluate(
      async ([options, draws]) => {
        const { codeLength, gpu } = window.harness;
        const before = gpu.bytes;
        const { alpha, sigma } = options.schedule;
        const gamma = (t: number) => 2 * Math.log((sigma[t] as number) / (alpha[t] as number));
        const length = await codeLength(gpu, {
          ...options,
          draws: (t) => (0.5 < gamma(t) && gamma(t) < 3.5 ? draws : 1),
        });
        return { ...length, leaked: gpu.bytes - before };
      },
      [
        {
          ...{ source, shape, schedule: vdmLinear(T - 1, -18, 14), seed: 1 },
          denoiser: { name: 'ideal', set } as const,
        },
        draws,
      ] as const,
    );
    report('bits', bits);
    report('standard error', standardError);
    expect(leaked).toBe(0);
    expect(standardError).toBeGreaterThan(0);
    expect(standardError).toBeLessThan((within * Math.log2(N)) / 3);
    // No code needs fewer than log_2 N.
    expect(bits).toBeGreaterThan(Math.log2(N) - 3 * standardError);
    expect(bits).toBeLessThan((1 + within) * Math.log2(N) + 3 * standardError);
  });
}

test('the standard error is what the bits of several seeds differ by', async ({ gpu }) => {
  const n = 9;
  const few = { shape: { ...shape, n }, values: set.values.slice(0, n * 192) };
  const lengths = await gpu.evaluate(
    async (options) => {
      const { codeLength, gpu } = window.harness;
      const lengths = [];
      for (const seed of Array(20).keys()) lengths.push(await codeLength(gpu, { ...options, seed }));
      return lengths;
    },
    {
      ...{ source: source.slice(0, n * 192), shape: few.shape, schedule: vdmLinear(99, -18, 14) },
      denoiser: { name: 'ideal', set: few } as const,
    },
  );
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
  const middle = mean(lengths.map(({ bits }) => bits));
  const variance = (20 / 19) * mean(lengths.map(({ bits }) => (bits - middle) ** 2));
  const said = mean(lengths.map(({ standardError }) => standardError ** 2));
  report('by the standard error', Math.sqrt(said / variance));
  // χ² of 19 degrees of freedom is from 5.4 to 45 but once in a thousand; coarse steps make the standard error too large.
  expect(said / variance).toBeGreaterThan(19 / 45);
  expect(said / variance).toBeLessThan(2 * (19 / 5.4));
});

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
  // Stopped in the page, as soon as there are three: from outside it may be over by then.
  await plot.evaluate((element) =>
    new MutationObserver((_, observer) => {
      if (element.querySelectorAll('tbody tr').length < 3) return;
      observer.disconnect();
      element.querySelector('button')?.click();
    }).observe(element, { childList: true, subtree: true }),
  );
  await plot.getByRole('button', { name: 'Measure' }).click();
  await expect(plot.getByRole('row')).toHaveCount(4, { timeout: 60_000 });
  await expect(plot.getByRole('button', { name: 'Measure' })).toBeVisible();
  await expect(plot.getByRole('row')).toHaveCount(4);
  await expect(plot).toContainText('log₂ 9 = 3.170');
  const rows = (await plot.locator('tbody td:nth-child(2)').allTextContents()).map((cell) => {
    const [bits, standardError] = cell.split(' ± ').map(Number) as [number, number];
    return { bits, standardError };
  });
  const [coarsest, coarse, fine] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  // Fewer with every finer T, but for the noise's part; and from 100 steps to 300 fewer by more than that.
  const apart = (a: (typeof rows)[0], b: (typeof rows)[0]) =>
    (a.bits - b.bits) / Math.hypot(a.standardError, b.standardError);
  expect(apart(coarsest, coarse)).toBeGreaterThan(-3);
  expect(apart(coarse, fine)).toBeGreaterThan(3);
  for (const { bits, standardError } of rows) expect(bits).toBeGreaterThan(Math.log2(9) - 3 * standardError);
  expect(fine.bits).toBeLessThan(1.3 * Math.log2(9) + 3 * fine.standardError);
  await expect(plot.locator('.plot canvas')).toBeVisible();
  await gpu.evaluate((images) => window.harness.mountCodeLength(images), set);
  await expect(plot).toContainText('Measured with 64 images out of the 64');
  await expect(plot.getByRole('row')).toHaveCount(0);
  await gpu.evaluate(() => document.body.replaceChildren());
});
