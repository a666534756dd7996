import { requestGpu, sample } from '../../../src/index.ts';
import { cosine } from '../../../src/math.ts';
import { ladder, samplers } from '../../../src/samplers.ts';

const gpu = await requestGpu();
const shape = { n: 1, c: 3, h: 64, w: 64 };
const source = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i / 7));
const schedule = cosine(1000);
const steps = samplers['dpmpp-2m'].make()(ladder(schedule, 'karras', 12));
const denoiser = { name: 'gaussian', deviation: 0.1 } as const; // for x_0 ~ N(source, 0.1² I)
const run = sample(gpu, { source, shape, schedule, seed: 1, start: 'fresh', denoiser, steps });
for await (const { x, x0Hat, level, t } of run) {
  if (t === 0) console.log(x, x0Hat, level); // x is now about such an x_0
}
