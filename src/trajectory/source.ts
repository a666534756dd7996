/** Where x_0 comes from. */
import type { Gpu } from '../gpu/device.ts';
import { ImportPicture } from '../passes/image/import-picture.ts';
import { checkShape, type Shape, stateBuffer, valueCount } from '../passes/shape.ts';

/** A picture, or values in [−1, 1] of the run's shape (NCHW, row-major). */
export type Source = ImageBitmap | Float32Array<ArrayBuffer>;

/** A buffer with x_0 in it. @throws RangeError when the device cannot hold it or the values do not fit the shape. */
export async function loadSource(gpu: Gpu, source: Source, shape: Shape): Promise<GPUBuffer> {
  checkShape(gpu, shape);
  if (source instanceof Float32Array && source.length !== valueCount(shape)) {
    throw new RangeError(`x_0 has ${source.length} values; its shape needs ${valueCount(shape)}`);
  }
  const x0 = stateBuffer(gpu, 'x_0', shape);
  if (source instanceof Float32Array) {
    gpu.device.queue.writeBuffer(x0, 0, source);
    return x0;
  }
  const importPicture = await ImportPicture.create(gpu, { picture: source, shape, x0 });
  importPicture.upload(source);
  const encoder = gpu.device.createCommandEncoder({ label: 'import' });
  const pass = encoder.beginComputePass();
  importPicture.encode(pass);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
  importPicture.release();
  return x0;
}
