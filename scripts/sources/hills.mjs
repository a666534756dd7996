// A landscape: sky, a sun, ridges one behind the other, firs, and a meadow. Colours of points (u, v) of the unit square.
import { fbm, hash, mix, ridged, smoothstep } from '../samples/noise.mjs';

const blend = (a, b, t) => a.map((value, i) => mix(value, b[i], t));

const RIDGES = [
  { at: 0.5, tall: 0.28, wide: 2.4, colour: [0.62, 0.7, 0.85], snow: 0.75 },
  { at: 0.58, tall: 0.16, wide: 3.6, colour: [0.4, 0.52, 0.66], snow: 0 },
  { at: 0.66, tall: 0.1, wide: 5, colour: [0.24, 0.4, 0.42], snow: 0 },
];

function sky(u, v) {
  const clear = blend([0.25, 0.5, 0.86], [0.85, 0.92, 0.97], smoothstep(0, 0.6, v));
  const cloud = smoothstep(0.52, 0.72, fbm(u * 3.2, v * 8, 5, 71)) * smoothstep(0.55, 0.1, v);
  const sun = Math.hypot(u - 0.7, v - 0.17);
  const lit = blend(clear, [1, 0.98, 0.94], 0.85 * cloud);
  return blend(
    blend(lit, [1, 0.93, 0.7], 0.6 * smoothstep(0.2, 0.05, sun)),
    [1, 0.99, 0.85],
    smoothstep(0.056, 0.05, sun),
  );
}

/** How high the tip of the fir that stands nearest to u is, and how far from its stem. */
function fir(u, row) {
  const n = 34 + 9 * row;
  const k = Math.floor(u * n);
  const stem = (k + 0.3 + 0.4 * hash(k, row, 8)) / n;
  const tall = (0.05 + 0.06 * hash(k, row, 9)) * (hash(k, row, 10) < 0.8 ? 1 : 0);
  return { tall, away: Math.abs(u - stem) * n };
}

export function hills(u, v) {
  let colour = sky(u, v);
  for (const [i, { at, tall, wide, colour: rock, snow }] of RIDGES.entries()) {
    const crest = at - tall * ridged(u * wide, 0.37 + i, 5, 30 + i) + 0.1 * tall;
    if (v < crest) continue;
    const shade = 0.82 + 0.36 * fbm(u * 9, v * 14, 4, 50 + i);
    const face = rock.map((value) => value * shade);
    colour = blend(
      face,
      [0.96, 0.97, 1],
      snow * smoothstep(0.09, 0.02, v - crest + 0.05 * fbm(u * 20, v * 20, 3, 5)),
    );
    colour = blend(colour, [0.75, 0.84, 0.92], 0.35 * smoothstep(0, 0.16, v - crest) * (1 - i / 3));
  }
  const shore = 0.74 + 0.03 * (fbm(u * 4, 2, 3, 90) - 0.5);
  for (const row of [0, 1]) {
    const { tall, away } = fir(u, row);
    const foot = shore + 0.012 + 0.02 * row;
    const up = foot - v;
    if (up > 0 && up < tall && away < 0.42 * (1 - up / tall) * (0.75 + 0.25 * Math.sin(up * 420)) + 0.04)
      colour = blend(
        [0.05, 0.2, 0.15],
        [0.1, 0.3, 0.2],
        hash(Math.floor(u * 200), Math.floor(v * 200), 4),
      ).map((value) => value * (1 - 0.25 * row));
  }
  if (v > shore + 0.01) {
    const depth = smoothstep(shore, 1, v);
    const grass = blend([0.36, 0.55, 0.25], [0.22, 0.44, 0.16], depth);
    const tuft = 0.8 + 0.4 * fbm(u * 18, v * 40 * (1.4 - depth), 4, 15);
    colour = grass.map((value) => value * tuft);
    const cell = [Math.floor(u * 64), Math.floor(v * 64)];
    if (depth > 0.12 && hash(...cell, 77) < 0.07)
      colour = [
        [0.95, 0.85, 0.3],
        [0.92, 0.92, 0.95],
        [0.85, 0.35, 0.45],
      ][Math.floor(3 * hash(...cell, 78))];
  }
  return colour;
}
