// Textures that go on at their other end: colours of points (x, y) of a torus whose sides are 1, as [r, g, b] in [0, 1].
import { clamp01, fract, hash, mix, smoothstep } from '../samples/noise.mjs';

const blend = (a, b, t) => a.map((value, i) => mix(value, b[i], t));
const wrap = (i, n) => ((i % n) + n) % n;

/** Value noise on a torus of n × n cells. */
function periodic(x, y, n, seed) {
  const [ix, iy] = [Math.floor(x * n), Math.floor(y * n)];
  const fade = (t) => t * t * (3 - 2 * t);
  const at = (dx, dy) => hash(wrap(ix + dx, n), wrap(iy + dy, n), seed);
  const [fx, fy] = [fade(fract(x * n)), fade(fract(y * n))];
  return mix(mix(at(0, 0), at(1, 0), fx), mix(at(0, 1), at(1, 1), fx), fy);
}

function grain(x, y, n, octaves, seed) {
  let [sum, weight, total] = [0, 1, 0];
  for (let k = 0; k < octaves; k++, weight /= 2) {
    sum += weight * periodic(x, y, n * 2 ** k, seed + k);
    total += weight;
  }
  return sum / total;
}

/** Eight courses of bricks, every other shifted by half a brick. */
export function brick(x, y) {
  const [courses, across] = [8, 4];
  const course = Math.floor(y * courses);
  const along = x * across + (course % 2) / 2;
  const [u, v] = [fract(along), fract(y * courses)];
  const id = wrap(Math.floor(along), across);
  const joint = Math.min(Math.min(u, 1 - u) * 2, Math.min(v, 1 - v));
  const clay = blend([0.55, 0.22, 0.15], [0.76, 0.42, 0.27], hash(id, course, 5));
  const rough = 0.75 + 0.5 * grain(x, y, 16, 3, 11);
  const light = rough * (1 + 0.25 * (smoothstep(0.25, 0.08, v) - smoothstep(0.75, 0.92, v)));
  const mortar = [0.7, 0.68, 0.63].map((value) => value * (0.8 + 0.4 * grain(x, y, 32, 2, 3)));
  return blend(
    mortar,
    clay.map((value) => value * light),
    smoothstep(0.05, 0.11, joint),
  );
}

/** Stones: the cells of points, one in every square of a grid. */
export function pebbles(x, y) {
  const n = 9;
  const cells = [];
  const [ix, iy] = [Math.floor(x * n), Math.floor(y * n)];
  for (let j = -2; j <= 2; j++)
    for (let i = -2; i <= 2; i++) {
      const [cx, cy] = [wrap(ix + i, n), wrap(iy + j, n)];
      const [px, py] = [ix + i + hash(cx, cy, 1), iy + j + hash(cx, cy, 2)];
      cells.push({ d: Math.hypot(px - x * n, py - y * n), dx: x * n - px, dy: y * n - py, id: [cx, cy] });
    }
  cells.sort((a, b) => a.d - b.d);
  const [near, next] = cells;
  const edge = next.d - near.d;
  const tones = [
    [0.42, 0.43, 0.45],
    [0.6, 0.55, 0.47],
    [0.5, 0.33, 0.26],
    [0.72, 0.7, 0.66],
    [0.3, 0.34, 0.38],
  ];
  const tone = tones[Math.floor(hash(...near.id, 3) * tones.length)];
  const light = 0.72 - 0.5 * (near.dx * 0.6 + near.dy * 0.8) + 0.35 * (grain(x, y, 32, 3, 20) - 0.5);
  const round = smoothstep(0.02, 0.3, edge);
  return tone.map((value) => clamp01(value * light * 1.35 * (0.12 + 0.88 * round)));
}

/** Brush strokes round vortices, whose field closes on the torus. */
export function strokes(x, y) {
  const vortices = Array.from({ length: 7 }, (_, k) => ({
    ...{ x: hash(k, 1, 40), y: hash(k, 2, 40) },
    turn: hash(k, 3, 40) < 0.5 ? -1 : 1,
  }));
  const flow = (px, py) => {
    let [u, v, glow] = [0.35, 0.12, 0];
    for (const at of vortices) {
      const dx = px - at.x - Math.round(px - at.x);
      const dy = py - at.y - Math.round(py - at.y);
      const near = Math.exp(-(dx * dx + dy * dy) / 0.014);
      const pull = (9 * near) / 2;
      u += -at.turn * dy * pull * 3;
      v += at.turn * dx * pull * 3;
      glow = Math.max(glow, Math.exp(-(dx * dx + dy * dy) / 0.0022));
    }
    const length = Math.hypot(u, v) || 1;
    return { u: u / length, v: v / length, glow };
  };
  // Noise drawn out along the flow, both ways.
  let sum = 0;
  for (const way of [-1, 1]) {
    let [px, py] = [x, y];
    for (let k = 0; k < 14; k++) {
      const { u, v } = flow(px, py);
      px += way * u * 0.004;
      py += way * v * 0.004;
      sum += periodic(fract(px + 1), fract(py + 1), 64, 61);
    }
  }
  const t = smoothstep(0.36, 0.64, sum / 28);
  const night =
    t < 0.5
      ? blend([0.06, 0.12, 0.36], [0.16, 0.36, 0.68], 2 * t)
      : blend([0.16, 0.36, 0.68], [0.72, 0.85, 0.86], 2 * t - 1);
  return blend(night, blend([0.85, 0.6, 0.16], [1, 0.92, 0.5], t), flow(x, y).glow);
}
