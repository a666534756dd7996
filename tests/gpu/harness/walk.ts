import { type SamplerRow, slotCount } from '../../../src/diffusion/sampler-rows.ts';
import { LinearGaussian, rowTable } from '../../../src/passes/process/linear-gaussian.ts';
import { stateBuffer } from '../../../src/passes/shape.ts';
import { download, gpu, submit } from './device.ts';

type Values = Float32Array<ArrayBuffer>;

/** What a step is told: the denoiser's answer, and z times what a learned variance makes of it. */
export interface Told {
  readonly x0Hat?: Values | undefined;
  readonly unclipped?: Values | undefined;
  readonly z?: Values | undefined;
}

/** A sampler's rows taken one by one by the kernel; answers and noise come from elsewhere. */
export async function walker(rows: readonly SamplerRow[], x: Values) {
  const shape = { n: 1, c: 1, h: 1, w: x.length };
  const key = [0, 0] as const;
  // The noise is given, and not to be drawn: a row of its own adds it.
  const halves = rows.flatMap(({ s, ...row }) => [
    { ...row, s: 0, spread: 0, key },
    { a: 1, b: s, s: 0, key },
  ]);
  const table = rowTable(gpu, halves);
  const state = stateBuffer(gpu, 'x', shape, slotCount(rows));
  const [x0Hat, unclipped, z] = ['x̂_0', 'x̂_0 unclipped', 'z'].map((label) =>
    stateBuffer(gpu, label, shape),
  ) as [GPUBuffer, GPUBuffer, GPUBuffer];
  const step = await LinearGaussian.create(gpu, { table, rows: halves, x: state, x0Hat, unclipped, shape });
  const draw = await LinearGaussian.create(gpu, { table, rows: halves, x: state, x0Hat: z, shape });
  const { queue } = gpu.device;
  queue.writeBuffer(state, 0, x);
  return {
    async step(i: number, told: Told): Promise<Values> {
      if (told.x0Hat) queue.writeBuffer(x0Hat, 0, told.x0Hat);
      if (told.unclipped) queue.writeBuffer(unclipped, 0, told.unclipped);
      if (told.z) queue.writeBuffer(z, 0, told.z);
      submit((encoder) => {
        const pass = encoder.beginComputePass();
        step.encode(pass, 2 * i);
        if (told.z) draw.encode(pass, 2 * i + 1);
        pass.end();
      });
      return (await download(state)).slice(0, x.length);
    },
    release: () => gpu.release(table, state, x0Hat, unclipped, z),
  };
}
