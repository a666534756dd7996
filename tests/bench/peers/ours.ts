import type { NoiseSource } from '../../../src/diffusion/noise.ts';
import type { Row } from '../../../src/diffusion/path.ts';
import { foldIn, key } from '../../../src/diffusion/random.ts';
import { Readback } from '../../../src/gpu/readback.ts';
import { LinearGaussian, rowTable } from '../../../src/passes/process/linear-gaussian.ts';
import { stateBuffer } from '../../../src/passes/shape.ts';
import { type Peer, timed } from './peer.ts';

/** The page's own kernel, its steps in one compute pass as the page plays them. */
export const ours = (noiseSource: NoiseSource, draws: string): Peer => ({
  name: `diffuscope, ${noiseSource}`,
  draws,
  async make(gpu, { shape: [h, w, c], x, x0, weights }, noise) {
    const shape = { n: 1, c, h, w };
    const { queue } = gpu.device;
    const rows: Row[] = weights.map(({ a, b, s }, t) => ({ a, b, s: noise ? s : 0, key: foldIn(key(1), t) }));
    const buffers = {
      table: rowTable(gpu, rows),
      x: stateBuffer(gpu, 'x', shape),
      x0Hat: stateBuffer(gpu, 'x_0', shape),
    };
    queue.writeBuffer(buffers.x0Hat, 0, x0);
    const step = await LinearGaussian.create(gpu, { ...buffers, rows, shape, noise: noiseSource });
    return {
      run() {
        queue.writeBuffer(buffers.x, 0, x);
        return timed(queue, () => {
          const encoder = gpu.device.createCommandEncoder();
          const pass = encoder.beginComputePass();
          for (const p of rows.keys()) step.encode(pass, p);
          pass.end();
          queue.submit([encoder.finish()]);
        });
      },
      async read() {
        const readback = new Readback(gpu, buffers.x.size);
        const encoder = gpu.device.createCommandEncoder();
        readback.encode(encoder, buffers.x);
        queue.submit([encoder.finish()]);
        const values = await readback.read();
        readback.release();
        return values;
      },
      release: () => gpu.release(...Object.values(buffers)),
    };
  },
});
