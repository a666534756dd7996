import { type Peer, timed } from './peer.ts';

/** Eager operations, as the library has no others, on our device. */
export const tfjs: Peer = {
  name: 'TensorFlow.js, WebGPU',
  draws: 'randomNormal: polar method; on the CPU, uploaded',
  async make({ device }, { shape, x, x0, weights }, noise) {
    const tf = await import('@tensorflow/tfjs-core');
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    if (!tf.findBackend('diffuscope')) {
      tf.registerBackend('diffuscope', () => new WebGPUBackend(device as never), 9);
      // Kernels are registered for the backend called webgpu.
      tf.copyRegisteredKernels('webgpu', 'diffuscope');
    }
    await tf.setBackend('diffuscope');
    await tf.ready();
    const size = [...shape] as [number, number, number];
    const source = tf.tensor3d(x, size);
    const data = tf.tensor3d(x0, size);
    const scalars = weights.map(({ a, b, s }) => [tf.scalar(a), tf.scalar(b), tf.scalar(s)] as const);
    let state = tf.add(source, 0);
    return {
      async run() {
        state.dispose();
        state = tf.add(source, 0);
        return timed(device.queue, () => {
          for (const [a, b, s] of scalars) {
            const before = state;
            state = tf.tidy(() => {
              const mean = tf.add(tf.mul(before, a), tf.mul(data, b));
              return noise ? tf.add(mean, tf.mul(tf.randomNormal(size), s)) : mean;
            });
            before.dispose();
          }
        });
      },
      read: () => state.data(),
      release: () => tf.dispose([state, source, data, ...scalars.flat()]),
    };
  },
};
