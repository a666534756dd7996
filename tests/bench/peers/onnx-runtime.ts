import { attribute, model, node } from './onnx.ts';
import { type Peer, timed } from './peer.ts';

const DIST = '/node_modules/onnxruntime-web/dist/';
const FLOAT = 1;

/** x' = a·x + b·x_0, and + s·z where it draws. */
function stepModel(shape: readonly number[], noise: boolean) {
  const arithmetic = [
    node('Mul', ['x', 'a'], 'ax'),
    node('Mul', ['x0', 'b'], 'bx0'),
    node('Add', ['ax', 'bx0'], noise ? 'mean' : 'next'),
  ];
  const drawn = [
    node('RandomNormal', [], 'z', [attribute('dtype', FLOAT), attribute('shape', shape)]),
    node('Mul', ['z', 's'], 'sz'),
    node('Add', ['mean', 'sz'], 'next'),
  ];
  const scalars = noise ? { a: [1], b: [1], s: [1] } : { a: [1], b: [1] };
  return model(
    [...arithmetic, ...(noise ? drawn : [])],
    { x: shape, x0: shape, ...scalars },
    { next: shape },
  );
}

/** A graph of elementwise nodes on our device, from one buffer of two into the other. */
export const onnxRuntime: Peer = {
  name: 'ONNX Runtime, WebGPU',
  draws: 'RandomNormal: std::normal_distribution; on the CPU, uploaded',
  async make(gpu, { shape, x, x0, weights }, noise) {
    const { device } = gpu;
    const ort = await import('onnxruntime-web/webgpu');
    ort.env.wasm.wasmPaths = DIST;
    ort.env.logLevel = 'error';
    const session = await ort.InferenceSession.create(stepModel(shape, noise), {
      executionProviders: [{ name: 'webgpu', device }],
      preferredOutputLocation: 'gpu-buffer',
      // It warns that RandomNormal is for the CPU, which the table says.
      logSeverityLevel: 3,
    });
    const buffers: GPUBuffer[] = [];
    const tensor = (values: Float32Array<ArrayBuffer>, dims: readonly number[]) => {
      const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
      const size = Math.max(16, values.byteLength);
      const buffer = gpu.buffer('of ONNX Runtime', size, STORAGE | COPY_SRC | COPY_DST);
      device.queue.writeBuffer(buffer, 0, values);
      buffers.push(buffer);
      return ort.Tensor.fromGpuBuffer(buffer as never, { dataType: 'float32', dims: [...dims] });
    };
    const states = [tensor(x, shape), tensor(x, shape)] as const;
    const data = tensor(x0, shape);
    const scalar = (n: number) => tensor(new Float32Array([n]), [1]);
    const feeds = weights.map(({ a, b, s }, i) => ({
      ...{ x: states[i % 2 === 0 ? 0 : 1], x0: data, a: scalar(a), b: scalar(b) },
      ...(noise && { s: scalar(s) }),
    }));
    const last = feeds.length % 2;
    return {
      run() {
        device.queue.writeBuffer(buffers[0] as GPUBuffer, 0, x);
        return timed(device.queue, async () => {
          for (const [i, feed] of feeds.entries())
            await session.run(feed as never, { next: states[i % 2 === 0 ? 1 : 0] });
        });
      },
      async read() {
        const size = 4 * x.length;
        const { MAP_READ, COPY_DST } = GPUBufferUsage;
        const staging = gpu.buffer('readback', size, MAP_READ | COPY_DST);
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(buffers[last] as GPUBuffer, 0, staging, 0, size);
        device.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ);
        const values = new Float32Array(staging.getMappedRange().slice(0));
        gpu.release(staging);
        return values;
      },
      release() {
        void session.release();
        gpu.release(...buffers);
      },
    };
  },
};
