/** What a link can say: the run's settings and the place in it. Everything is checked on the way in. */

import { COLOUR_PRESETS, type ColourNoise } from '../diffusion/colour.ts';
import { type CurvePoint, curveSchedule, gammaCurve, straightCurve } from '../diffusion/curve.ts';
import { NOISE_SOURCES, type NoiseSource } from '../diffusion/noise.ts';
import { partOf } from '../diffusion/part-way.ts';
import type { Direction } from '../diffusion/path.ts';
import { cosine, linearRescaled, type Schedule, T_MAX } from '../diffusion/schedule.ts';
import { comparisonOf } from './compare/comparison.ts';
import { oneOf, type Parsers, readGiven, whole } from './given.ts';
import { SEED_MOST } from './new-seed.ts';
import { type SamplerChoice, type SpacingName, samplerNames, spacings } from './samplers/names.ts';
import { type SampleName, samples } from './source/samples.ts';
import { type View, views } from './views.ts';

export const scheduleNames = ['cosine', 'linear', 'curve'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** The schedule that settings ask for. */
export function scheduleOf({ schedule, T, curve }: Pick<Settings, 'schedule' | 'T' | 'curve'>): Schedule {
  if (schedule === 'curve') return curveSchedule(curvePoints(curve), T);
  return schedule === 'cosine' ? cosine(T) : linearRescaled(T);
}

/** Whether the run's forward half is the whole forward process, of which there is a bound. */
export const isWhole = ({ start, strength }: Pick<Settings, 'start' | 'strength'>): boolean =>
  start === 'fresh' || (start === 'forward' && strength === 1);

/** Where the exact chain turns. A sampler's steps tell of themselves. */
export const turnOf = ({ start, strength, T }: Pick<Settings, 'start' | 'strength' | 'T'>): number =>
  start === 'fresh' ? T : partOf(T, strength);

export const noiseNames = [...COLOUR_PRESETS, 'custom'] as const;
export type NoiseName = (typeof noiseNames)[number];
/**
 * Where the way back starts: from the forward run's x_t, from noise that has never seen the picture, or from the picture's own
 * noise, to which the same sampler leads it.
 */
export const startNames = ['forward', 'fresh', 'inversion'] as const;
/** The least part of the way that a run may turn at. */
export const STRENGTH_MIN = 0.01;
export const denoiserNames = ['oracle', 'blurred-oracle', 'gaussian'] as const;
export const limitNames = ['none', 'clip', 'dynamic-threshold'] as const;
export const DEVIATION_MIN = 0.01;
export const DEVIATION_MAX = 2;
/** The largest blur, in pixels. */
export const RADIUS_MAX = 64;

const sixNumbers = (text: string) => {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [rr, rg, rb, gg, gb, bb, ...rest] = numbers;
  if (rest.length > 0 || !numbers.every(Number.isFinite) || numbers.length < 6) return undefined;
  return [rr, rg, rb, gg, gb, bb] as [number, number, number, number, number, number];
};

/** The noise that settings ask for; undefined where every channel is on its own, which the scalar kernel does. */
export function colourOf({
  noise,
  sigma,
  colour,
}: Pick<Settings, 'noise' | 'sigma' | 'colour'>): ColourNoise | undefined {
  if (colour === 'grey' || noise === 'independent') return undefined;
  return noise === 'custom' ? sixNumbers(sigma) : noise;
}

/** The sampler in force: only its own posterior, the exact chain, undoes noise that is correlated between channels. */
export const samplerOf = (
  settings: Pick<Settings, 'sampler' | 'noise' | 'sigma' | 'colour'>,
): SamplerChoice => (colourOf(settings) ? 'posterior' : settings.sampler);

/** A curve is written as γ at evenly spread points. */
export const curvePoints = (curve: string): CurvePoint[] =>
  curve.split(',').map((text, i, all) => ({ u: i / (all.length - 1), gamma: Number(text) }));
export const curveText = (points: readonly CurvePoint[]): string =>
  points.map(({ gamma }) => Number(gamma.toFixed(3))).join(',');

/** The longest side in pixels; `original` keeps the picture's own, up to 2048. */
export const sizes = ['64', '128', '256', '512', '1024', '2048', 'original'] as const;
export const SIZE_MAX = 2048;
/** The most steps that a sampler may be given. */
export const STEPS_MAX = 1000;
export const rates = [1, 5, 15, 30, 60, 120, 240, 1000, Number.POSITIVE_INFINITY] as const;

export interface Settings {
  image: SampleName | 'own';
  size: (typeof sizes)[number];
  frame: 'square' | 'whole';
  colour: 'rgb' | 'grey';
  schedule: ScheduleName;
  /** γ = −log SNR at evenly spread points of the curve, for the schedule of that name. */
  curve: string;
  T: number;
  seed: number;
  /** Where the noise comes from; `noise` is its colour. */
  normals: NoiseSource;
  start: (typeof startNames)[number];
  /** The part of the way back that is taken, and so where the way there ends; not from fresh noise, which comes all the way. */
  strength: number;
  denoiser: (typeof denoiserNames)[number];
  /** The blurred oracle's, in pixels. */
  radius: number;
  /** The Gaussian denoiser's data: their standard deviation round the picture, where black is −1 and white 1. */
  deviation: number;
  sampler: SamplerChoice;
  /** How a sampler's steps are spread over the noise levels. */
  spacing: SpacingName;
  /** How many steps a sampler takes; the exact chain takes T. */
  steps: number;
  /** How x̂_0 is kept within the range of pictures before the sampler uses it. */
  limit: (typeof limitNames)[number];
  /** What the view that compares samplers shows; the run has no part in it. */
  compare: string;
  noise: NoiseName;
  /** The six numbers of a custom covariance: RR, RG, RB, GG, GB, BB. */
  sigma: string;
  /** Steps a second. */
  rate: number;
}

export interface Place {
  direction: Direction;
  t: number;
}

export const defaults = (software: boolean): Settings => ({
  image: 'lake',
  // A software adapter is slow: fewer pixels and fewer steps.
  size: software ? '256' : '512',
  frame: 'square',
  colour: 'rgb',
  schedule: 'cosine',
  curve: curveText(straightCurve()),
  T: software ? 250 : 1000,
  seed: 20240,
  normals: 'jax',
  start: 'forward',
  strength: 1,
  denoiser: 'oracle',
  radius: 2,
  deviation: 0.2,
  sampler: 'posterior',
  spacing: 'linspace',
  steps: 20,
  limit: 'none',
  compare: 'leading,10,0.2,ddim,heun,dpmpp-2m,ddpm',
  noise: 'independent',
  sigma: '1,0.6,0.3,1,0.6,1',
  rate: 120,
});

const decimal = (min: number, max: number) => (text: string) => {
  const x = Number(text);
  return /^\d*\.?\d+$/.test(text) && x >= min && x <= max ? x : undefined;
};
/** The most that γ may be to either side: beyond it a float64 ᾱ is 0 or 1. */
const GAMMA_MOST = 30;
const risingCurve = (text: string) => {
  const points = curvePoints(text);
  if (points.length > 9 || points.some(({ gamma }) => !(Math.abs(gamma) <= GAMMA_MOST))) return undefined;
  try {
    gammaCurve(points);
    return text;
  } catch {
    return undefined;
  }
};
const rate = (text: string) => rates.find((r) => String(r) === text);

const parsers: Parsers<Settings> = {
  image: oneOf([...(Object.keys(samples) as SampleName[]), 'own']),
  size: oneOf(sizes),
  frame: oneOf(['square', 'whole']),
  colour: oneOf(['rgb', 'grey']),
  schedule: oneOf(scheduleNames),
  curve: risingCurve,
  T: whole(1, T_MAX),
  seed: whole(0, SEED_MOST),
  normals: oneOf(NOISE_SOURCES),
  start: oneOf(startNames),
  strength: decimal(STRENGTH_MIN, 1),
  denoiser: oneOf(denoiserNames),
  radius: whole(1, RADIUS_MAX),
  deviation: decimal(DEVIATION_MIN, DEVIATION_MAX),
  sampler: oneOf(samplerNames),
  spacing: oneOf(spacings),
  steps: whole(1, STEPS_MAX),
  limit: oneOf(limitNames),
  compare: (text) => (comparisonOf(text) ? text : undefined),
  noise: oneOf(noiseNames),
  sigma: (text) => (sixNumbers(text) ? text : undefined),
  rate,
};
const names = Object.keys(parsers) as (keyof Settings)[];

/** The value that `text` means for this setting; undefined when it means none. */
export const parseSetting = <Name extends keyof Settings>(name: Name, text: string) =>
  parsers[name](text) as Settings[Name] | undefined;

export interface Link {
  settings: Settings;
  /** Where to be; undefined when the link does not say. */
  place: Place | undefined;
  view: View;
  /** Parts of the link that mean nothing here, as written. */
  nonsense: string[];
}

export function parseHash(hash: string, base: Settings): Link {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const { wanted: settings, nonsense: unread } = readGiven(hash, parsers, base, ['view', 'run', 't']);
  const nonsense = [...unread];
  const place = parsePlace(given, settings.T, nonsense);
  const view = oneOf(views)(given.get('view') ?? 'run');
  if (view === undefined) nonsense.push(`view=${given.get('view')}`);
  return { settings, place, view: view ?? 'run', nonsense };
}

function parsePlace(given: URLSearchParams, T: number, nonsense: string[]): Place | undefined {
  const run = given.get('run') ?? 'forward';
  const direction = oneOf<Direction>(['forward', 'reverse'])(run);
  if (direction === undefined) nonsense.push(`run=${run}`);
  const time = given.get('t');
  if (time === null) return undefined;
  const t = whole(0, T)(time);
  if (t === undefined) nonsense.push(`t=${time}`);
  return direction === undefined || t === undefined ? undefined : { direction, t };
}

/** The link that reopens this view of this run at this place. */
export function formatHash(settings: Settings, { direction, t }: Place, view: View = 'run'): string {
  const pairs = names.map((name) => [name, String(settings[name])]);
  if (view !== 'run') pairs.push(['view', view]);
  return `#${new URLSearchParams([...pairs, ['run', direction], ['t', String(Math.round(t))]])}`;
}

/** Whether two runs have one link. */
export function sameSettings(a: Settings, b: Settings): boolean {
  const place: Place = { direction: 'forward', t: 0 };
  return formatHash(a, place) === formatHash(b, place);
}
