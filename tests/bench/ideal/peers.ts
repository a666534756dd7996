/**
 * The same by libraries: with ‖x − αy‖² expanded, as matrix products are what they are fast at, and ‖y‖² known beforehand;
 * or the differences squared as we do, which alone holds where there is little noise.
 */
import type { Job, Make } from './job.ts';

/** −α²‖y_i‖²/2σ², the part of a logit that the set alone decides. */
function offsets({ values, images, alpha, sigma }: Job): Float32Array<ArrayBuffer> {
  const { n } = images.shape;
  const size = values.length / n;
  return Float32Array.from({ length: n }, (_, i) => {
    const square = values.subarray(i * size, (i + 1) * size).reduce((sum, y) => sum + y * y, 0);
    return (-(alpha ** 2) * square) / (2 * sigma ** 2);
  });
}

export const tfjs: Make = async ({ device }, job) => {
  const tf = await import('@tensorflow/tfjs-core');
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (!tf.findBackend('diffuscope')) {
    tf.registerBackend('diffuscope', () => new WebGPUBackend(device as never), 9);
    // Kernels are registered for the backend called webgpu.
    tf.copyRegisteredKernels('webgpu', 'diffuscope');
  }
  await tf.setBackend('diffuscope');
  await tf.ready();
  const [B, N] = [job.shape.n, job.images.shape.n];
  const D = job.values.length / N;
  const set = tf.tensor2d(job.values, [N, D]);
  const x = tf.tensor2d(job.x, [B, D]);
  const offset = tf.tensor1d(offsets(job));
  const scale = tf.scalar(job.alpha / job.sigma ** 2);
  let mean = tf.zerosLike(x);
  return {
    name: 'TensorFlow.js, WebGPU, squares expanded',
    async run() {
      mean.dispose();
      mean = tf.tidy(() => {
        const logits = tf.add(tf.mul(tf.matMul(x, set, false, true), scale), offset);
        return tf.matMul(tf.softmax(logits) as typeof x, set);
      });
      // What it has not sent to the GPU yet it sends when a value is asked for.
      const one = tf.slice(mean, [0, 0], [1, 1]);
      await one.data();
      one.dispose();
    },
    read: async () => (await mean.data()) as Float32Array,
    release: () => tf.dispose([set, x, offset, scale, mean]),
  };
};

const jaxJs =
  (direct: boolean): Make =>
  async (_gpu, job) => {
    const { defaultDevice, getWebGPUDevice, init, jit, nn, numpy: np } = await import('@jax-js/jax');
    if (!(await init('webgpu')).includes('webgpu')) throw new Error('it found no WebGPU');
    defaultDevice('webgpu');
    const { queue } = getWebGPUDevice();
    const [B, N] = [job.shape.n, job.images.shape.n];
    const D = job.values.length / N;
    type A = ReturnType<typeof np.array>;
    // Every use of an array takes one reference away; `.ref` gives one.
    const expanded = (x: A, set: A, offset: A) =>
      np
        .matmul(x, np.transpose(set))
        .mul(job.alpha / job.sigma ** 2)
        .add(offset);
    const squared = (x: A, set: A) =>
      np
        .square(x.reshape([B, 1, D]).sub(set.mul(job.alpha).reshape([1, N, D])))
        .sum(-1)
        .mul(-1 / (2 * job.sigma ** 2));
    const denoise = jit((x: A, set: A, offset: A) => {
      const logits = direct ? squared(x, set.ref) : expanded(x, set.ref, offset);
      return np.matmul(nn.softmax(logits, -1), set);
    });
    const set = np.array(job.values).reshape([N, D]);
    const x = np.array(job.x).reshape([B, D]);
    const offset = np.array(offsets(job));
    let mean = x.ref.add(0);
    return {
      name: `@jax-js/jax, jitted, ${direct ? 'differences squared' : 'squares expanded'}`,
      async run() {
        mean.dispose();
        mean = denoise(x.ref, set.ref, offset.ref);
        await mean.blockUntilReady();
        await queue.onSubmittedWorkDone();
      },
      read: async () => (await mean.ref.data()) as Float32Array,
      release() {
        for (const array of [set, x, offset, mean]) array.dispose();
        denoise.dispose();
      },
    };
  };

export const jaxExpanded = jaxJs(false);
export const jaxDirect = jaxJs(true);
