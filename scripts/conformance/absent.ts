/** What reference files have and the library does not, by choice. */
import { type Kind, namesIn } from './entry.ts';

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^philox/, 'the library has Threefry-2x32-20, not Philox'],
  [/^(u01_float|boxmuller_float)/, "Random123's own uniforms and normals; the library has JAX's"],
];

export const absent: Kind[] = reasons.map(([pattern, cannot]) => ({
  matches: (_, key) => pattern.test(key),
  entries: (value: object) => namesIn(value).map((name) => ({ name, cannot })),
}));
