// Sunset over a mountain lake.

import {
  add,
  blend,
  clamp01,
  colour,
  develop,
  fbm,
  filter,
  fract,
  hash,
  mix,
  noise,
  ramp,
  ridged,
  scale,
  smoothstep,
} from './noise.mjs';

const WATERLINE = 0.64;
const SUN = { u: 0.57, v: 0.43, radius: 0.047 };
const SUNLIGHT = colour('#ffb45c');
const FOREGROUND = colour('#0a0a1a');

const SKY = [
  [0, colour('#1d2560')],
  [0.25, colour('#4b3a86')],
  [0.48, colour('#a8508c')],
  [0.68, colour('#ee7466')],
  [0.86, colour('#ffb36b')],
  [1, colour('#ffd591')],
];

// Far to near: each ridge is darker, bluer and more detailed than the last.
const RIDGES = [
  { base: 0.6, height: 0.3, frequency: 2.3, seed: 11, tint: colour('#b8648a'), haze: 0.85, forest: 0 },
  { base: 0.615, height: 0.27, frequency: 2.9, seed: 29, tint: colour('#80457f'), haze: 0.75, forest: 0 },
  { base: 0.625, height: 0.19, frequency: 3.4, seed: 47, tint: colour('#51336f'), haze: 0.6, forest: 0.004 },
  { base: 0.635, height: 0.125, frequency: 3.9, seed: 64, tint: colour('#2c2357'), haze: 0.4, forest: 0.009 },
  { base: 0.642, height: 0.06, frequency: 4.6, seed: 83, tint: colour('#15143a'), haze: 0.12, forest: 0.017 },
];

// Tall firs frame the view; x is where the trunk stands.
const FIRS = [
  { x: 0.004, foot: 0.99, height: 0.62 },
  { x: 0.077, foot: 0.99, height: 0.8 },
  { x: 0.15, foot: 1.0, height: 0.47 },
  { x: 0.203, foot: 1.01, height: 0.3 },
  { x: 0.247, foot: 1.01, height: 0.17 },
  { x: 0.995, foot: 1.0, height: 0.62 },
  { x: 0.935, foot: 1.0, height: 0.46 },
  { x: 0.882, foot: 1.01, height: 0.27 },
  { x: 0.842, foot: 1.01, height: 0.16 },
];

const sunDistance = (u, v) => Math.hypot(u - SUN.u, v - SUN.v);

function sunGlow(u, v) {
  const d = sunDistance(u, v);
  return 1.1 * Math.exp(-d * 20) + 0.34 * Math.exp(-d * 5.5);
}

/** Thin streaks, denser with height, their lower edges lit from below. */
function cloudCover(u, v) {
  const warp = fbm(u * 2.2, v * 5, 3, 120) - 0.5;
  const streaks = fbm(u * 2.6 + warp * 1.6 + v * 2, v * 15 + warp * 4, 5, 131);
  return smoothstep(0.47, 0.78, streaks) * smoothstep(0.56, 0.3, v);
}

/** The disc, dimmer and redder towards its lower limb, where the air is thicker. */
function sun(u, v) {
  const disc = smoothstep(SUN.radius + 0.002, SUN.radius - 0.002, sunDistance(u, v));
  const sunk = clamp01((v - SUN.v) / SUN.radius / 2 + 0.5);
  return scale(blend([0.9, 0.75, 0.42], [0.5, 0.22, 0.02], sunk), disc);
}

function sky(u, v) {
  const clear = ramp(SKY, v / WATERLINE);
  const cover = cloudCover(u, v);
  const underlight = clamp01((cover - cloudCover(u, v + 0.012)) * 2.2 + 0.42);
  const near = Math.exp(-sunDistance(u, v) * 2.6);
  const cloud = blend(
    colour('#5a3f86'),
    add(colour('#ff7d5e'), scale(SUNLIGHT, near)),
    underlight * mix(0.6, 1, near),
  );
  return add(blend(clear, cloud, cover * 0.85), sun(u, v));
}

/** Comb of tree tops along a wooded ridge. */
function treeline(u, seed) {
  const grove = (pitch, k) => {
    const cell = Math.floor(u * pitch);
    const tip = 1 - Math.abs(2 * fract(u * pitch) - 1);
    return tip * mix(0.35, 1, hash(cell, k, seed));
  };
  return Math.max(grove(73, 1), grove(101, 2), grove(57, 3));
}

function ridgeTop(ridge, u) {
  const { base, height, frequency, seed, forest } = ridge;
  // The valley opens towards the sun, so that the eye is led to it.
  const valley = mix(0.3, 1, smoothstep(0.02, 0.42, Math.abs(u - SUN.u)));
  const crest = ridged(u * frequency, seed * 0.37, 6, seed) ** 1.5;
  return base - height * valley * crest - forest * treeline(u, seed);
}

function ridgeColour(ridge, u, v, top) {
  const { base, frequency, seed, tint, haze } = ridge;
  const slope = (x) => fbm(x * frequency * 5 + (v - top) * 9, (v - top) * frequency * 4, 4, seed + 5);
  const lit = clamp01(0.5 + 5 * (slope(u) - slope(u + 0.006 * Math.sign(SUN.u - u))));
  const face = scale(tint, mix(0.72, 1.25, lit));
  const mist = blend(colour('#c9738c'), SUNLIGHT, Math.exp(-Math.abs(u - SUN.u) * 4) * 0.8);
  const drift = mix(0.75, 1.2, fbm(u * 5, v * 22, 3, seed + 9));
  return blend(face, mist, clamp01(smoothstep(top, base + 0.01, v) * haze * drift));
}

/** Everything above the water, which the water mirrors. */
function landscape(u, v) {
  let light = sky(u, v);
  for (const ridge of RIDGES) {
    const top = ridgeTop(ridge, u);
    // A sub-pixel feather keeps distant crests from looking cut out.
    const cover = smoothstep(top - 0.0008, top + 0.0008, v);
    if (cover > 0) light = blend(light, ridgeColour(ridge, u, v, top), cover);
  }
  return add(light, scale(SUNLIGHT, sunGlow(u, v)));
}

function water(u, v) {
  const depth = v - WATERLINE;
  // Perspective: equal steps of 1/depth are equal distances on the lake.
  const distance = 1 / (depth + 0.045);
  const swell = fbm(u * distance * 1.5, distance * 5.5, 4, 201) - 0.5;
  const chop = noise(u * distance * 5, distance * 19, 211) - 0.5;
  const tilt = swell * 1.2 + chop * 0.9;
  const reach = 0.012 + depth * 0.55;
  const mirrored = Math.min(WATERLINE - 0.001, WATERLINE - depth * 1.08 + tilt * reach);
  const reflection = filter(landscape(u + tilt * reach * 0.25, Math.max(0.01, mirrored)), [0.8, 0.74, 0.84]);
  const deep = blend(reflection, colour('#15184a'), smoothstep(0, 0.4, depth) * 0.55);
  const path = Math.exp(-(((u - SUN.u) / (0.03 + depth * 0.2)) ** 2));
  const glint = smoothstep(0.06, 0.42, tilt) * path * 1.5;
  const shoreMist = scale(colour('#ffb790'), 0.35 * Math.exp(-depth * 60));
  return add(add(deep, scale(SUNLIGHT, glint)), shoreMist);
}

/** Whether a fir covers the point: drooping, ragged tiers round a trunk. */
function isFir({ x, foot, height }, u, v) {
  const down = (v - foot + height) / height;
  if (down < 0 || down > 1) return false;
  const side = u < x ? 0 : 1;
  const across = Math.abs(u - x) / height;
  const tiers = 10 + height * 16;
  const droop = (down - across * 0.45) * tiers;
  const tier = Math.floor(droop);
  const length = mix(0.7, 1.15, hash(tier, side, Math.round(x * 999)));
  const needles = 0.72 + 0.5 * noise(u * 260, v * 200, 301);
  const reach = (0.012 + 0.13 * down ** 0.8) * (0.42 + 0.58 * fract(droop)) * length * needles;
  return across < Math.max(reach, 0.008 * down);
}

function isShore(u, v) {
  const edge = Math.min(u + 0.02, 1.04 - u);
  const grass = 0.014 * noise(u * 140, 0, 320) + 0.03 * fbm(u * 9, 0, 3, 321);
  return v > 0.945 + edge * 0.17 - grass;
}

/** u, v in [0, 1] from the top left; returns display r, g, b in [0, 1]. */
export function lake(u, v) {
  if (isShore(u, v) || FIRS.some((fir) => isFir(fir, u, v))) {
    return develop(add(FOREGROUND, scale(SUNLIGHT, 0.1 * sunGlow(u, v))));
  }
  return develop(v < WATERLINE ? landscape(u, v) : water(u, v));
}
