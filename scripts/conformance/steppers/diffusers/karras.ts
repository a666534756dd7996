/** Schedulers in Karras' coordinates, x = x_0 + σ ε: what they have in common, Heun, LMS and KDPM2. */
import { heun } from '../../../../src/diffusion/samplers/heun.ts';
import { kdpm2 } from '../../../../src/diffusion/samplers/kdpm2.ts';
import { kdpm2Ancestral } from '../../../../src/diffusion/samplers/kdpm2-ancestral.ts';
import { lms } from '../../../../src/diffusion/samplers/lms.ts';
import { timestepOfSigma } from '../../../../src/diffusion/sigmas.ts';
import type { Form, Level, Step } from '../../../../src/diffusion/step.ts';
import { fractionalTimesteps, heunTimesteps, roundHalfEven } from '../../../../src/diffusion/timesteps.ts';
import { limitOf, outputOf, type Settings, sigmasOf, type Times, Unsupported } from './config.ts';
import type { Plan, Planner } from './plan.ts';
import { karrasTable, type Table } from './tables.ts';

export const level = (sigma: number, t: number): Level => ({ alpha: 1, sigma, t });

export const levelsOf = ({ sigmas, timesteps }: Table): Level[] =>
  sigmas.map((sigma, i) => level(sigma, timesteps[i] ?? 0));

/** What these schedulers have in common, from the σ at every call. */
export function common(settings: Settings, sigmas: readonly number[], timesteps: readonly number[]) {
  const largest = Math.max(...sigmas);
  return {
    timesteps,
    sigmas,
    initNoiseSigma: settings.spacing('linspace').spacing === 'leading' ? Math.hypot(largest, 1) : largest,
    inputScale: (call: number) => 1 / Math.hypot(sigmas[call] as number, 1),
    output: outputOf(settings),
    noisy: (call: number) => level(sigmas[call] as number, timesteps[call] as number),
  };
}

export const whole = (settings: Settings, { n = 0, timesteps }: Times): readonly number[] =>
  timesteps ?? fractionalTimesteps(settings.T, n, settings.spacing('linspace'));

/** Every level between the ends twice: the calls' own. */
const doubled = (sigmas: readonly number[]) => [
  ...heunTimesteps(sigmas.slice(0, -1)),
  sigmas.at(-1) as number,
];

export const heunPlan: Planner = (settings, times, { images, start }) => {
  const { sigmas, timesteps } = karrasTable(settings, whole(settings, times));
  const all = [...sigmas, 0];
  const levels = levelsOf({ sigmas: all, timesteps });
  return {
    ...common(settings, doubled(all), heunTimesteps(timesteps)),
    steps: heun()(levels.slice(Math.ceil(start / 2))),
    limit: limitOf(settings, false, images),
  };
};

/** LMS counts its order from the first call even where it begins later: what it does not have then is missing. */
export const lmsPlan: Planner = (settings, times, { step, start }) => {
  const { sigmas, timesteps } = karrasTable(settings, whole(settings, times));
  const all = [...sigmas, 0];
  const order = typeof step.order === 'number' ? step.order : 4;
  if (![1, 2, 3, 4].includes(order)) throw new Unsupported(`LMS of order ${order} is not in the library`);
  const steps = lms({ order })(levelsOf({ sigmas: all, timesteps })).slice(start);
  return { ...common(settings, all, timesteps), steps: withoutPast(steps) };
};

/** The steps where what was kept before the first of them counts as nothing. */
function withoutPast(steps: readonly Step[]): Step[] {
  let kept = 0;
  return steps.map((step) => {
    const known = kept;
    const forget = (form: Form): Form => form.map((c, k) => (k >= 3 + known ? 0 : c));
    const keep = step.keep?.slice(0, known + 1);
    kept = keep?.length ?? 0;
    return { ...step, next: forget(step.next), ...(keep && { keep }) };
  });
}

/** Calls are at levels and at those midway in log σ between them. */
function kdpm2Calls(settings: Settings, { sigmas, timesteps }: Table, middles: readonly number[]) {
  const train = sigmasOf(settings);
  const times = middles.flatMap((middle, i) => [timestepOfSigma(train, middle), timesteps[i + 1] as number]);
  const at = sigmas.flatMap((sigma, i) => (i === 0 ? [sigma] : [middles[i - 1] as number, sigma]));
  return { timesteps: [timesteps[0] as number, ...times], at };
}

function kdpm2Plan(settings: Settings, times: Times, start: number, ancestral: boolean): Plan {
  const table = karrasTable(settings, whole(settings, times), roundHalfEven);
  const all = [...table.sigmas, 0];
  const sampler = ancestral ? kdpm2Ancestral() : kdpm2();
  const steps = sampler(levelsOf({ sigmas: all, timesteps: table.timesteps }));
  const middles = steps.filter((_, call) => call % 2 === 1).map(({ at }) => at.sigma);
  const { timesteps, at } = kdpm2Calls(settings, table, middles);
  return {
    ...common(settings, doubled(all), timesteps),
    sigmas: [all[0] as number, ...all.slice(1).flatMap((sigma) => [sigma, sigma]), 0],
    inputScale: (call) => 1 / Math.hypot(at[call] as number, 1),
    steps: steps.slice(start),
  };
}

export const kdpm2PlanOf =
  (ancestral: boolean): Planner =>
  (settings, times, { start }) =>
    kdpm2Plan(settings, times, start, ancestral);
