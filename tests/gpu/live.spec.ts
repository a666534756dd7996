import { NOISE_SOURCES } from '../../src/diffusion/noise.ts';
import { closedFormRow } from '../../src/diffusion/path.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { expect, report, test } from './fixture.ts';

const schedule = cosine(1000);
const seed = 9;
const shape = { n: 1, c: 3, h: 24, w: 32 };
const times = [0, 1, 400, 1000];

for (const noise of NOISE_SOURCES) {
  test(`a live frame is the mirrored picture, noised by q(x_t | x_0): ${noise}`, async ({ gpu }) => {
    const { x0, states, leaked } = await gpu.evaluate(
      async ({ times, ...options }) => {
        const { canvases, download, gpu, Live, videoOf } = window.harness;
        // Left half red, right half blue; in quarters, so that no pixel straddles an edge.
        const video = await videoOf(64, 48, (context) => {
          context.fillStyle = '#ff0000';
          context.fillRect(0, 0, 32, 48);
          context.fillStyle = '#0000ff';
          context.fillRect(32, 0, 32, 48);
        });
        const before = gpu.bytes;
        const live = await Live.create(gpu, { ...options, video, canvases: canvases() });
        const states = [];
        for (const [i, t] of times.entries()) {
          live.t = t;
          live.tick(100 * i);
          states.push(await download(live.buffers.x));
        }
        const x0 = await download(live.buffers.x0);
        live.release();
        return { x0, states, leaked: gpu.bytes - before };
      },
      { shape, schedule, seed, times, noise },
    );
    for (const [i, t] of times.entries()) {
      const x = states[i] as Float32Array;
      const error = largestError(x, linearGaussian(closedFormRow(schedule, seed, t), x, x0, noise));
      report(`t = ${t}`, error);
      expect(error).toBeLessThanOrEqual(noise === 'jax' ? 1e-5 : 3e-5);
    }
    const pixel = (x: number, y: number) =>
      [0, 1, 2].map((c) => x0[(c * shape.h + y) * shape.w + x] as number);
    // A tenth of the range for what a video's colours lose on the way.
    expect(largestError(pixel(8, 12), [-1, -1, 1]), 'blue on the left').toBeLessThanOrEqual(0.2);
    expect(largestError(pixel(24, 12), [1, -1, -1]), 'red on the right').toBeLessThanOrEqual(0.2);
    expect(leaked).toBe(0);
  });
}
