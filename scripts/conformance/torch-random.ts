/** Normals as PyTorch draws them on the CPU, for the tests of diffusers whose numbers depend on them. */

/** MT19937 (Matsumoto & Nishimura 1998), seeded as `torch.manual_seed` does. */
function* twister(seed: number): Generator<number, never> {
  const [N, M] = [624, 397];
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const before = state[i - 1] as number;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  for (;;) {
    for (let k = 0; k < N; k++) {
      const y = ((state[k] as number) & 0x80000000) | ((state[(k + 1) % N] as number) & 0x7fffffff);
      state[k] = (state[(k + M) % N] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    for (let x of state) {
      x ^= x >>> 11;
      x ^= (x << 7) & 0x9d2c5680;
      x ^= (x << 15) & 0xefc60000;
      yield (x ^ (x >>> 18)) >>> 0;
    }
  }
}

/** Box-Muller takes its radii from the first half of a block of uniforms, its angles from the second. */
const HALF = 8;

/** Draws `torch.randn(count, generator=…)` again and again; a count that is a multiple of 16. */
export function torchNormals(seed: number, count: number): () => Float64Array {
  const words = twister(seed);
  // 24 bits of a word make a float.
  const uniform = () => (words.next().value & 0xffffff) / 2 ** 24;
  return () => {
    const values = Float64Array.from({ length: count }, uniform);
    for (let first = 0; first < count; first += 2 * HALF) {
      for (let i = first; i < first + HALF; i++) {
        const radius = Math.sqrt(-2 * Math.log(1 - (values[i] as number)));
        const angle = 2 * Math.PI * (values[i + HALF] as number);
        values[i] = radius * Math.cos(angle);
        values[i + HALF] = radius * Math.sin(angle);
      }
    }
    return values;
  };
}
