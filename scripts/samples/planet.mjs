// A ringed planet before a nebula.

import {
  add,
  blend,
  clamp01,
  colour,
  develop,
  fbm,
  filter,
  hash,
  mix,
  noise,
  ramp,
  ridged,
  scale,
  smoothstep,
} from './noise.mjs';

const dot = ([a, b, c], [x, y, z]) => a * x + b * y + c * z;
const normalise = (v) => scale(v, 1 / Math.hypot(...v));
const cross = ([a, b, c], [x, y, z]) => [b * z - c * y, c * x - a * z, a * y - b * x];

// The planet is the unit sphere, seen along -z from infinity, y up.
const FRAME = 2.12;
const ROLL = -0.36;
const TILT = 0.34;
const AXIS = [Math.sin(ROLL) * Math.cos(TILT), Math.cos(ROLL) * Math.cos(TILT), Math.sin(TILT)];
const EAST = normalise(cross(AXIS, [0, 0, 1]));
const NORTHING = cross(AXIS, EAST);
const SUN = normalise([0.74, 0.33, 0.5]);
const RING = { inner: 1.3, outer: 2.2 };

const BANDS = [
  [0, colour('#5b3f6b')],
  [0.14, colour('#a3607a')],
  [0.24, colour('#e8a878')],
  [0.33, colour('#c96f52')],
  [0.41, colour('#f6d3a0')],
  [0.5, colour('#fff0cf')],
  [0.57, colour('#e9a56c')],
  [0.64, colour('#b9583f')],
  [0.71, colour('#f0bd86')],
  [0.8, colour('#c27a68')],
  [0.9, colour('#84506f')],
  [1, colour('#4b3562')],
];

const NEBULA = [
  [0, colour('#05061a')],
  [0.3, colour('#0d1240')],
  [0.5, colour('#2b1c78')],
  [0.68, colour('#8a2a98')],
  [0.84, colour('#f0568a')],
  [1, colour('#ffc08a')],
];

function nebula(x, y) {
  const warp = [fbm(x * 0.9, y * 0.9, 4, 5) - 0.5, fbm(x * 0.9, y * 0.9, 4, 15) - 0.5];
  const gas = fbm(x * 0.75 + warp[0] * 2.6, y * 0.75 + warp[1] * 2.6, 6, 25);
  const wisps = ridged(x * 1.3 + warp[1] * 2, y * 1.3 - warp[0] * 2, 5, 35);
  // A diagonal lane of gas, so that the sky has a direction of its own.
  const lane = Math.exp(-(((x * 0.75 - y * 0.85 + warp[0] * 1.2) / 1.15) ** 2));
  const density = clamp01((gas - 0.27) * 2.1 * mix(0.3, 1, lane) + (wisps - 0.5) * 0.9 * lane);
  const teal = scale(
    colour('#18b6c9'),
    0.75 * smoothstep(0.42, 0.92, fbm(x * 0.8 - warp[1] * 3, y * 0.8 + warp[0] * 3, 5, 45)) * wisps,
  );
  const dust = mix(1, 0.3, smoothstep(0.5, 0.72, fbm(x * 1.7 + warp[1] * 3, y * 1.7, 5, 55)) * lane);
  return scale(add(ramp(NEBULA, density), teal), dust);
}

/** One star per cell at most; fainter ones are far more common. */
function starLayer(x, y, cells, seed) {
  const [cx, cy] = [Math.floor(x * cells), Math.floor(y * cells)];
  const magnitude = hash(cx, cy, seed) ** 18;
  const dx = x * cells - cx - mix(0.25, 0.75, hash(cx, cy, seed + 1));
  const dy = y * cells - cy - mix(0.25, 0.75, hash(cx, cy, seed + 2));
  const core = Math.exp(-(dx * dx + dy * dy) * 260);
  const tint = blend(colour('#ffc9a0'), colour('#a9ccff'), hash(cx, cy, seed + 3));
  return scale(blend(tint, [1, 1, 1], 0.4), magnitude * core * 2.2);
}

/** A bright star with the cross of a telescope's struts. */
function sparkle(x, y, [sx, sy, size]) {
  const [dx, dy] = [Math.abs(x - sx) / size, Math.abs(y - sy) / size];
  const r = Math.hypot(dx, dy);
  const spikes = Math.exp(-dx * 9 - dy * 130) + Math.exp(-dy * 9 - dx * 130);
  return scale([0.86, 0.93, 1], 2.6 * Math.exp(-r * r * 900) + 0.22 * Math.exp(-r * 12) + spikes);
}

const SPARKLES = [
  [-1.55, 1.5, 1],
  [1.62, -1.38, 0.75],
  [1.2, 1.72, 0.6],
  [-1.75, -1.2, 0.5],
];

function space(x, y) {
  let light = nebula(x, y);
  for (const [cells, seed] of [
    [13, 71],
    [21, 81],
    [8, 91],
  ])
    light = add(light, starLayer(x, y, cells, seed));
  for (const star of SPARKLES) light = add(light, sparkle(x, y, star));
  return light;
}

/** Opacity of the ring at a distance from the planet's centre. */
function ringDensity(r) {
  const t = (r - RING.inner) / (RING.outer - RING.inner);
  if (t < 0 || t > 1) return 0;
  const grooves = 0.55 * noise(t * 21, 0, 101) + 0.3 * noise(t * 57, 0, 102) + 0.15 * noise(t * 130, 0, 103);
  const profile = smoothstep(0, 0.16, t) * smoothstep(1, 0.965, t);
  const gap =
    1 -
    0.94 * smoothstep(0.028, 0.014, Math.abs(t - 0.67)) -
    0.7 * smoothstep(0.01, 0.004, Math.abs(t - 0.9));
  return clamp01(profile * gap * mix(0.35, 1.15, grooves));
}

function ringColour(r) {
  const t = (r - RING.inner) / (RING.outer - RING.inner);
  const warmth = noise(t * 13, 0, 111);
  return blend(
    blend(colour('#b98a72'), colour('#ffe6c0'), smoothstep(0, 0.5, t)),
    colour('#d6a7b8'),
    warmth * 0.5,
  );
}

/** How much sunlight passes the planet on its way to a point of the ring. */
function planetShadow(point) {
  const along = dot(point, SUN);
  if (along > 0) return 1;
  const miss = Math.hypot(...add(point, scale(SUN, -along)));
  return smoothstep(0.985, 1.03, miss);
}

/** How much sunlight passes the ring on its way to a point of the planet. */
function ringShadow(point) {
  const t = -dot(point, AXIS) / dot(SUN, AXIS);
  if (t < 0) return 1;
  return 1 - 0.88 * ringDensity(Math.hypot(...add(point, scale(SUN, t))));
}

function ring(point, r) {
  const lit = mix(0.025, 1.05, planetShadow(point));
  return scale(ringColour(r), lit);
}

function clouds(point) {
  const latitude = Math.asin(dot(point, AXIS)) / Math.PI + 0.5;
  const longitude = Math.atan2(dot(point, NORTHING), dot(point, EAST));
  const [x, y] = [longitude * 1.6, latitude * 9];
  const shear = fbm(x * 0.8, y * 2.2, 4, 121) - 0.5;
  const curls = fbm(x * 2.4 + shear * 5, y * 2.6 + shear * 2, 5, 131) - 0.5;
  const bands = ramp(BANDS, clamp01(latitude + 0.05 * curls + 0.022 * shear));
  const threads = fbm(x * 1.1 + shear * 4, latitude * 90 + curls * 7, 4, 141);
  const storm = Math.hypot((longitude + 1.95) * 1.1, (latitude - 0.35) * 7.5);
  const swirl = smoothstep(0.36, 0.16, storm + 0.09 * curls);
  return blend(scale(bands, mix(0.75, 1.22, threads)), colour('#c8402c'), 0.75 * swirl);
}

function planetSurface(point) {
  const facing = dot(point, SUN);
  const day = smoothstep(-0.08, 0.95, facing) ** 0.9;
  const limb = 1 - point[2];
  const albedo = clouds(point);
  const light = scale(albedo, 1.25 * day * ringShadow(point) * mix(1, 0.6, limb ** 3));
  const air = scale(colour('#7fb4ff'), 0.85 * limb ** 3.2 * smoothstep(-0.25, 0.7, facing));
  const dusk = scale(filter(albedo, colour('#ff7a50')), 0.25 * Math.exp(-((facing - 0.05) ** 2) * 40));
  const nightshine = scale(filter(albedo, colour('#6a4fd0')), 0.05);
  return add(add(light, air), add(dusk, nightshine));
}

/** Halo of scattered light just outside the sunlit limb. */
function halo(x, y) {
  const d = Math.hypot(x, y) - 1;
  const sunward = clamp01(0.35 + (0.75 * dot([x, y, 0], SUN)) / (1 + d));
  return scale(colour('#86b8ff'), sunward * (0.5 * Math.exp(-d * 26) + 0.16 * Math.exp(-d * 5)));
}

/** u, v in [0, 1] from the top left; returns display r, g, b in [0, 1]. */
export function planet(u, v) {
  const [x, y] = [(u * 2 - 1) * FRAME, (1 - v * 2) * FRAME];
  const r2 = x * x + y * y;
  const surface = [x, y, Math.sqrt(Math.max(0, 1 - r2))];
  const edge = smoothstep(1.004, 0.996, Math.sqrt(r2));
  let light = r2 > 1 ? add(space(x, y), halo(x, y)) : [0, 0, 0];
  if (edge > 0) light = blend(light, planetSurface(normalise(surface)), edge);
  const onRing = [x, y, -(x * AXIS[0] + y * AXIS[1]) / AXIS[2]];
  const distance = Math.hypot(...onRing);
  const hidden = r2 < 1 && onRing[2] < surface[2];
  if (!hidden) light = blend(light, ring(onRing, distance), ringDensity(distance) * 0.96);
  return develop(light);
}
