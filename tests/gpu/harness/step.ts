import type { ColourRow } from '../../../src/diffusion/colour-path.ts';
import type { NoiseSource } from '../../../src/diffusion/noise.ts';
import type { Row } from '../../../src/diffusion/path.ts';
import type { Words } from '../../../src/diffusion/random.ts';
import type { Gpu } from '../../../src/gpu/device.ts';
import type { StepBuffers } from '../../../src/passes/process/linear-gaussian.ts';
import { LinearGaussian, rowTable } from '../../../src/passes/process/linear-gaussian.ts';
import { colourRowTable, LinearGaussianColour } from '../../../src/passes/process/linear-gaussian-colour.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import type { Step } from '../../../src/trajectory/journey.ts';
import { download, gpu, submit } from './device.ts';

export interface Steps<AnyRow = Row> {
  readonly shape: Shape;
  readonly rows: readonly AnyRow[];
  readonly x?: Float32Array<ArrayBuffer>;
  readonly x0Hat?: Float32Array<ArrayBuffer>;
  /** Every step submitted by itself; all in one compute pass otherwise. */
  readonly apart?: boolean;
  readonly noise?: NoiseSource;
}

/** The state after every row of the table in turn, by the kernel that takes such rows. */
const walk =
  <AnyRow>(
    makeTable: (gpu: Gpu, rows: readonly AnyRow[], shape: Shape) => GPUBuffer,
    makeStep: (gpu: Gpu, buffers: StepBuffers & { readonly rows: readonly AnyRow[] }) => Promise<Step>,
  ) =>
  ({ shape, rows, x, x0Hat, apart = false, noise }: Steps<AnyRow>): Promise<Float32Array<ArrayBuffer>> =>
    gpu.checked(async () => {
      const buffers = {
        table: makeTable(gpu, rows, shape),
        x: stateBuffer(gpu, 'x', shape),
        x0Hat: stateBuffer(gpu, 'x̂_0', shape),
      };
      const step = await makeStep(gpu, { ...buffers, rows, shape, noise });
      const { queue } = gpu.device;
      if (x) queue.writeBuffer(buffers.x, 0, x);
      if (x0Hat) queue.writeBuffer(buffers.x0Hat, 0, x0Hat);
      const encode = (encoder: GPUCommandEncoder, positions: Iterable<number>) => {
        const pass = encoder.beginComputePass();
        for (const p of positions) step.encode(pass, p);
        pass.end();
      };
      if (apart) for (const p of rows.keys()) submit((encoder) => encode(encoder, [p]));
      else submit((encoder) => encode(encoder, rows.keys()));
      const values = await download(buffers.x);
      gpu.release(...Object.values(buffers));
      return values.subarray(0, valueCount(shape));
    });

export const steps = walk<Row>(rowTable, LinearGaussian.create);
export const colourSteps = walk<ColourRow>(colourRowTable, LinearGaussianColour.create);

/** Normals as the step draws them: `count` of them, in one row, from element `first` on. */
export const normals = (
  key: Words,
  count: number,
  noise: NoiseSource = 'jax',
  first = 0,
): Promise<Float32Array<ArrayBuffer>> =>
  steps({ shape: { n: 1, c: 1, h: 1, w: count }, rows: [{ a: 0, b: 0, s: 1, key, first }], noise });
