// A gothic rose window, seen from inside a dark church.

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
  scale,
  smoothstep,
} from './noise.mjs';

// The window is drawn in units of its glazed radius; FRAME is half the picture.
const FRAME = 1.17;
const PETALS = 12;
const HALF = Math.PI / PETALS;
const MULLION = 0.03;
const LEAD = 0.007;
const RIM = 1.1;
const STONE = colour('#7d7478');

const GLASS = {
  pale: colour('#ffeb9c'),
  gold: colour('#ffbe2e'),
  amber: colour('#ff7d1a'),
  ruby: colour('#e3102f'),
  rose: colour('#ff4f86'),
  violet: colour('#6a1fd0'),
  cobalt: colour('#0f2fe0'),
  azure: colour('#127cff'),
  teal: colour('#0aa5a0'),
  emerald: colour('#068f3f'),
};

const rotate = ([x, y], a) => [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];

/** Turns the point into the sector nearest to it: x runs outwards, y across. */
function fold(point, offset) {
  const sector = Math.round(Math.atan2(point[1], point[0]) / (2 * HALF) - offset);
  const [x, y] = rotate(point, -(sector + offset) * 2 * HALF);
  return { x, y, sector: (sector + 2 * PETALS) % PETALS };
}

// Signed distances, positive inside the opening.

const circle = (x, y, radius) => radius - Math.hypot(x, y);

/** Round lobes about a centre: trefoils, quatrefoils, the many-foiled eye. */
function foils(x, y, count, reach, lobe) {
  const step = (2 * Math.PI) / count;
  const angle = Math.atan2(y, x);
  const a = angle - Math.round(angle / step) * step;
  const r = Math.hypot(x, y);
  return Math.max(circle(r * Math.cos(a) - reach, r * Math.sin(a), lobe), circle(x, y, reach));
}

/** A lancet that widens outwards and ends in a round head. */
function lancet(x, y) {
  const head = 0.605;
  const radius = head * Math.sin(HALF) - MULLION / 2;
  if (x * Math.cos(HALF) + Math.abs(y) * Math.sin(HALF) > head * Math.cos(HALF))
    return circle(x - head, y, radius);
  const side = x * Math.sin(HALF) - Math.abs(y) * Math.cos(HALF) - MULLION / 2;
  return Math.min(side, x - 0.305);
}

/** The openings in the stone; `inset` is how far the point is from their edge. */
function opening(point) {
  const on = fold(point, 0);
  const off = fold(point, 0.5);
  const [x, y] = point;
  const shapes = [
    { kind: 'eye', x, y, sector: 0, inset: foils(x, y, 12, 0.124, 0.036) },
    { kind: 'bud', ...off, x: off.x - 0.226, inset: circle(off.x - 0.226, off.y, 0.046) },
    { kind: 'petal', ...on, inset: lancet(on.x, on.y) },
    { kind: 'quatrefoil', ...off, x: off.x - 0.836, inset: foils(off.x - 0.836, off.y, 4, 0.062, 0.058) },
    { kind: 'roundel', ...on, x: on.x - 0.888, inset: circle(on.x - 0.888, on.y, 0.088) },
  ];
  const nearest = shapes.reduce((best, next) => (next.inset > best.inset ? next : best));
  if (nearest.inset > -MULLION / 2) return nearest;
  // What the bars leave between the shapes is glazed too.
  const spandrel = Math.min(-nearest.inset - MULLION, 0.985 - Math.hypot(x, y));
  return spandrel > nearest.inset ? { kind: 'spandrel', ...on, inset: spandrel } : nearest;
}

/** Glass cut along spokes and rings about a centre: piece id and way to its lead. */
function fan(x, y, spokes, rings) {
  const r = Math.hypot(x, y);
  const turn = (Math.atan2(y, x) / (2 * Math.PI)) * spokes + 0.5;
  const ring = rings.findIndex((radius) => r < radius);
  const inner = ring > 0 ? r - rings[ring - 1] : Number.POSITIVE_INFINITY;
  const across = Math.abs(turn - Math.round(turn)) * ((2 * Math.PI) / spokes) * r;
  const lead = Math.min(inner, rings[ring] - r, ring === 0 ? 1 : across);
  return { ring, lead, id: hash(ring === 0 ? 0 : Math.floor(turn), ring, spokes) };
}

/** How each opening is glazed: two hues to waver between, and its lead lines. */
function design({ kind, x, y, sector, inset }) {
  const even = sector % 2 === 0;
  const { gold, pale, amber, ruby, rose, violet, cobalt, teal, emerald } = GLASS;
  switch (kind) {
    case 'eye': {
      const cut = fan(x, y, 12, [0.05, 0.1, 9]);
      return {
        ...cut,
        hues: [
          [pale, gold],
          [gold, amber],
          [amber, ruby],
        ][cut.ring],
      };
    }
    case 'bud': {
      const cut = fan(x, y, 6, [0.02, 9]);
      return { ...cut, hues: cut.ring === 0 ? [gold, pale] : [ruby, rose] };
    }
    case 'roundel': {
      const cut = fan(x, y, 8, [0.034, 9]);
      return { ...cut, hues: cut.ring === 0 ? [gold, pale] : even ? [ruby, rose] : [violet, rose] };
    }
    case 'quatrefoil': {
      const cut = fan(x, y, 4, [0.04, 9]);
      return { ...cut, hues: cut.ring === 0 ? [gold, amber] : [emerald, teal] };
    }
    case 'petal':
      return petalDesign(x, y, inset, even);
    default:
      return { id: hash(sector, 7), lead: inset, hues: [violet, cobalt] };
  }
}

/** A medallion in the head of a petal, blue rays below it, a jewelled border. */
function petalDesign(x, y, inset, even) {
  const { gold, pale, amber, ruby, rose, violet, cobalt, azure } = GLASS;
  const border = 0.026;
  if (inset < border) {
    const bead = x * 20;
    const lead = Math.min(border - inset, Math.abs(bead - Math.round(bead)) / 20);
    return { lead, id: hash(Math.floor(bead), 3), hues: Math.floor(bead) % 2 ? [gold, amber] : [ruby, rose] };
  }
  const cut = fan(x - 0.615, y, 12, [0.034, 0.076, 0.15, 0.225, 9]);
  const lead = Math.min(cut.lead, inset - border);
  const flower = even ? [ruby, rose] : [violet, rose];
  return {
    ...cut,
    lead,
    hues: [[gold, pale], flower, [azure, cobalt], [cobalt, azure], [cobalt, violet]][cut.ring],
  };
}

/** Sunlight behind the window: strongest up and left of the centre. */
const daylight = ([x, y]) => mix(0.3, 2, Math.exp(-((x + 0.2) ** 2 + (y + 0.26) ** 2) * 1.3));

function glass(point, pane) {
  const { hues, lead, id } = design(pane);
  const [x, y] = point;
  const edge = Math.min(lead, pane.inset);
  const tone = hash(Math.floor(id * 4096), pane.sector, 29);
  const streaks = fbm(x * 26 + tone * 90, y * 9 + fbm(x * 20, y * 20, 2, 3) * 3, 4, 41);
  const seeds = noise(x * 150, y * 150, 47);
  const body = blend(hues[0], hues[1], clamp01(tone * 0.6 + (streaks - 0.45) * 1.1));
  // Grime gathers along the lead, which makes each piece glow from its middle.
  const grime = mix(0.4, 1, smoothstep(0, 0.02, edge));
  const clarity = mix(0.35, 1.7, streaks) * mix(0.75, 1.25, tone) * mix(0.92, 1.08, seeds) * grime;
  const came = smoothstep(LEAD * 0.3, LEAD * 0.75, edge);
  // Strong light bleaches the glass a little towards white.
  return scale(add(scale(body, 1.5), scale([1, 0.9, 0.7], 0.035)), clarity * came * daylight(point));
}

const SPILL = [
  [0, GLASS.gold],
  [0.16, GLASS.amber],
  [0.24, GLASS.ruby],
  [0.4, GLASS.cobalt],
  [0.62, GLASS.violet],
  [0.86, GLASS.rose],
  [1.05, GLASS.violet],
  [1.4, GLASS.cobalt],
];

/** Coloured light the window throws on the stone round a point. */
const spill = (point) => scale(ramp(SPILL, Math.hypot(...point)), daylight(point));

function stoneTexture([x, y]) {
  return mix(0.65, 1.3, fbm(x * 14, y * 14, 5, 61)) * mix(0.88, 1.1, noise(x * 110, y * 110, 67));
}

/** Rounded tracery bars between the openings, rim-lit by the glass. */
function tracery(point, inset) {
  const step = 0.004;
  const slope = opening([point[0] + step, point[1] + step]).inset - inset;
  const facing = clamp01(0.5 + slope / step / 2.6);
  const rim = Math.exp(inset / 0.007);
  const stone = scale(STONE, stoneTexture(point) * mix(0.05, 0.5, facing) * mix(1, 0.4, rim));
  return add(stone, scale(spill(point), 0.3 * rim));
}

/** Concentric mouldings that frame the glass, built of wedge-shaped stones. */
function moulding(point) {
  const r = Math.hypot(...point);
  const profile = Math.sin(((r - 1) / 0.05) * 2 * Math.PI);
  const lamp = (-point[0] - point[1]) / r;
  const wedge = (Math.atan2(point[1], point[0]) / HALF) * 1.5;
  const joint = smoothstep(0, 0.03, Math.abs(wedge - Math.round(wedge)));
  const shade = clamp01(0.2 + 0.17 * profile + 0.09 * lamp) * mix(0.5, 1, joint);
  const glow = 0.4 * Math.exp(-(r - 1) * 22) * clamp01(0.6 - profile * 0.5);
  return add(scale(STONE, stoneTexture(point) * shade), scale(spill(point), glow));
}

/** Coursed ashlar, lit only by what the window spills over it. */
function wall([x, y]) {
  const course = Math.floor(y / 0.19 + 0.5);
  const along = x / 0.33 + (course % 2) * 0.5 + 0.2 * hash(course, 5);
  const block = Math.floor(along);
  const [fx, fy] = [along - block, y / 0.19 + 0.5 - course];
  const edge = Math.min(Math.min(fx, 1 - fx) * 0.33, Math.min(fy, 1 - fy) * 0.19);
  const joint = smoothstep(0.002, 0.012, edge);
  const bevel = 1 + 0.5 * (smoothstep(0.02, 0, fy * 0.19) - smoothstep(0.02, 0, (1 - fy) * 0.19));
  const face = stoneTexture([x, y]) * mix(0.7, 1.2, hash(block, course, 71)) * bevel * mix(0.3, 1, joint);
  const beyond = Math.hypot(x, y) - RIM;
  const lamp = add(scale(spill([x, y]), 0.3 * Math.exp(-beyond * 6)), [0.1, 0.1, 0.12]);
  // The mouldings stand proud of the wall and shade its first hand's breadth.
  return scale(filter(STONE, lamp), face * smoothstep(-0.01, 0.06, beyond));
}

/** Soft bloom of the whole window in the dusty air. */
function bloom(point) {
  const r = Math.hypot(...point);
  return scale(spill(point), 0.014 * Math.exp(-Math.max(0, r - 0.9) * 4) + 0.1 * Math.exp(-r * r * 26));
}

/** u, v in [0, 1] from the top left; returns display r, g, b in [0, 1]. */
export function rose(u, v) {
  const point = [(u * 2 - 1) * FRAME, (v * 2 - 1) * FRAME];
  const r = Math.hypot(...point);
  const pane = opening(point);
  let light = wall(point);
  if (pane.inset > 0) light = glass(point, pane);
  else if (r < 1) light = tracery(point, pane.inset);
  else if (r < RIM) light = moulding(point);
  return develop(add(light, bloom(point)));
}
