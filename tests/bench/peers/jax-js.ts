import { type Peer, timed } from './peer.ts';

/** One jitted function a step, its weights arrays that lie on the GPU already. */
export const jaxJs: Peer = {
  name: '@jax-js/jax, jitted',
  draws: 'Threefry-2x32, Box–Muller; on the GPU',
  async make(_gpu, { shape, x, x0, weights }, noise) {
    const { defaultDevice, getWebGPUDevice, init, jit, numpy: np, random } = await import('@jax-js/jax');
    if (!(await init('webgpu')).includes('webgpu')) throw new Error('it found no WebGPU');
    defaultDevice('webgpu');
    const { queue } = getWebGPUDevice();
    type A = ReturnType<typeof np.array>;
    const bare = jit((x: A, x0: A, a: A, b: A) => x.mul(a).add(x0.mul(b)));
    const noisy = jit((x: A, x0: A, a: A, b: A, s: A, key: A) =>
      x
        .mul(a)
        .add(x0.mul(b))
        .add(random.normal(key, [...shape]).mul(s)),
    );
    // Every use of an array takes one reference away; `.ref` gives one.
    const source = np.array(x).reshape([...shape]);
    const data = np.array(x0).reshape([...shape]);
    const scalars = weights.map(({ a, b, s }, t) => ({
      ...{ a: np.array(a), b: np.array(b), s: np.array(s), key: random.key(t) },
    }));
    let state = source.ref;
    return {
      async run() {
        state.dispose();
        state = source.ref.add(0);
        await state.blockUntilReady();
        return timed(queue, async () => {
          for (const { a, b, s, key } of scalars) {
            state = noise
              ? noisy(state, data.ref, a.ref, b.ref, s.ref, key.ref)
              : bare(state, data.ref, a.ref, b.ref);
          }
          // What it has not sent to the GPU yet it sends now.
          await state.blockUntilReady();
        });
      },
      read: async () => (await state.ref.data()) as Float32Array,
      release() {
        for (const array of [state, source, data, ...scalars.flatMap((each) => Object.values(each))])
          array.dispose();
        bare.dispose();
        noisy.dispose();
      },
    };
  },
};
