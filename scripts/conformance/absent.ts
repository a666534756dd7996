/** What reference files have and the library does not, yet or by choice. */
import { type Kind, namesIn } from './entry.ts';

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^philox/, 'the library has Threefry-2x32-20, not Philox'],
  [/^(u01_float|boxmuller_float)/, "Random123's own uniforms and normals; the library has JAX's"],
  [/^(k_diffusion_sigmas|edm_karras|diffusers_sigmas)$/, "samplers' σ tables are not in the library yet"],
  [/^diffusers_timestep_tables$/, "samplers' timestep tables are not in the library yet"],
];

export const absent: Kind[] = reasons.map(([pattern, cannot]) => ({
  matches: (_, key) => pattern.test(key),
  entries: (value: object) => namesIn(value).map((name) => ({ name, cannot })),
}));
