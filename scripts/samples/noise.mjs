// Deterministic building blocks of the sample scenes: every "random" number
// is a hash of integer coordinates, so a picture is a pure function of (u, v).

export const clamp01 = (x) => Math.min(1, Math.max(0, x));
export const mix = (a, b, t) => a + (b - a) * t;
export const fract = (x) => x - Math.floor(x);

export function smoothstep(from, to, x) {
  const t = clamp01((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** Uniform in [0, 1) for an integer lattice point. */
export function hash(ix, iy = 0, seed = 0) {
  let h = Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Standard normal deviate number `index` of stream `seed` (Box-Muller). */
export function gaussian(index, seed) {
  const radius = Math.sqrt(-2 * Math.log(1 - hash(index, 1, seed)));
  return radius * Math.cos(2 * Math.PI * hash(index, 2, seed));
}

/** Value noise in [0, 1], quintic so that derived slopes stay smooth. */
export function noise(x, y, seed = 0) {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fade = (t) => t * t * t * (t * (t * 6 - 15) + 10);
  const fx = fade(x - ix);
  const top = mix(hash(ix, iy, seed), hash(ix + 1, iy, seed), fx);
  const bottom = mix(hash(ix, iy + 1, seed), hash(ix + 1, iy + 1, seed), fx);
  return mix(top, bottom, fade(y - iy));
}

/** Fractal sum of noise in [0, 1]; octaves are rotated to hide the lattice. */
export function fbm(x, y, octaves = 5, seed = 0) {
  let sum = 0;
  let total = 0;
  for (let i = 0, weight = 1; i < octaves; i++, weight *= 0.5) {
    sum += weight * noise(x, y, seed + i);
    total += weight;
    [x, y] = [1.6 * x - 1.2 * y + 7.3, 1.2 * x + 1.6 * y - 3.1];
  }
  return sum / total;
}

/** Like fbm, but folded into sharp crests: mountains, filaments. */
export function ridged(x, y, octaves = 5, seed = 0) {
  let sum = 0;
  let total = 0;
  for (let i = 0, weight = 1; i < octaves; i++, weight *= 0.5) {
    sum += weight * (1 - Math.abs(2 * noise(x, y, seed + i) - 1));
    total += weight;
    [x, y] = [1.6 * x - 1.2 * y + 7.3, 1.2 * x + 1.6 * y - 3.1];
  }
  return sum / total;
}

// Colours are linear-light triples, so that glows add up as light does.

export const scale = ([r, g, b], k) => [r * k, g * k, b * k];
export const add = ([r, g, b], [s, h, c]) => [r + s, g + h, b + c];
export const filter = ([r, g, b], [s, h, c]) => [r * s, g * h, b * c];
export const blend = ([r, g, b], [s, h, c], t) => [mix(r, s, t), mix(g, h, t), mix(b, c, t)];

/** '#rrggbb' to linear light. */
export function colour(hex) {
  return [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
}

/** Piecewise blend through [position, colour] stops in rising order. */
export function ramp(stops, t) {
  const next = stops.findIndex(([at]) => t < at);
  if (next === 0) return stops[0][1];
  if (next < 0) return stops.at(-1)[1];
  const [from, a] = stops[next - 1];
  const [to, b] = stops[next];
  return blend(a, b, (t - from) / (to - from));
}

/** Linear light to display values in [0, 1], rolling highlights off like film. */
export function develop(light) {
  const knee = 0.55;
  return light.map((x) => {
    const rolled = x < knee ? x : knee + (1 - knee) * (1 - Math.exp((knee - x) / (1 - knee)));
    return clamp01(rolled) ** (1 / 2.2);
  });
}
