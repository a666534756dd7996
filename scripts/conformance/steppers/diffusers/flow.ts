/** Flow matching: x = (1 − σ) x_0 + σ ε, the model answering with ε − x_0, and being told 1000 σ. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import { flowEuler } from '../../../../src/diffusion/samplers/flow-euler.ts';
import { flowHeun } from '../../../../src/diffusion/samplers/flow-heun.ts';
import { shiftFlow, stretchToTerminal, timeShift } from '../../../../src/diffusion/sigmas.ts';
import { type Level, pairs, type Step, sum, x, x0HatUnclipped } from '../../../../src/diffusion/step.ts';
import { heunTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { outputOf, type Settings, type Times } from './config.ts';
import type { Planner } from './plan.ts';
import { respaced } from './tables.ts';

const levelOf = (sigma: number, t: number): Level => ({ alpha: 1 - sigma, sigma, t });

/** n even σ between ends that are shifted already: σ_max = 1, and the first of T. */
function between(settings: Settings, n: number, shift: number): number[] {
  const { T } = settings;
  return linspace(shiftFlow(1, shift), shiftFlow(1 / T, shift), n);
}

function flowSigmas(settings: Settings, times: Times): number[] {
  const dynamic = settings.flag('use_dynamic_shifting');
  const shift = settings.number('shift', 1);
  const given = times.sigmas ?? times.timesteps?.map((t) => t / settings.T);
  const raw = given ?? between(settings, times.n ?? 0, dynamic ? 1 : shift);
  const { mu = 0 } = times;
  const type = settings.choice('time_shift_type', ['exponential', 'linear']);
  const shifted = raw.map((sigma) => (dynamic ? timeShift(sigma, { mu, type }) : shiftFlow(sigma, shift)));
  const terminal = settings.number('shift_terminal', 0);
  const stretched = terminal ? stretchToTerminal(shifted, terminal) : shifted;
  const range = { sigmaMax: stretched[0] as number, sigmaMin: stretched.at(-1) as number };
  return respaced(settings, stretched.length, range) ?? stretched;
}

export const flowEulerPlan: Planner = (settings, times, { start }) => {
  const { T } = settings;
  const inverted = settings.flag('invert_sigmas');
  const falling = flowSigmas(settings, times);
  const sigmas = inverted ? falling.map((sigma) => 1 - sigma) : falling;
  const own = sigmas.map((sigma) => sigma * T);
  const timesteps = inverted ? own : (times.timesteps ?? own);
  const all = [...sigmas, inverted ? 1 : 0];
  const levels = all.map((sigma, i) => levelOf(sigma, timesteps[i] ?? 0));
  const stochastic = settings.flag('stochastic_sampling');
  const noisy = (call: number) => levels[call] as Level;
  const plan = { timesteps, sigmas: all, output: outputOf(settings, 'flow_prediction'), noisy };
  if (!inverted || stochastic) {
    const steps = flowEuler({ stochastic })(levels.slice(start));
    return { ...plan, steps, draws: () => stochastic };
  }
  // From clean data, where x̂_0 says nothing of the velocity: it is carried as x − v̂.
  const steps = pairs(levels.slice(start), { fromData: true }).map(([at, to]): Step => {
    const h = to.sigma - at.sigma;
    return { at, to, next: sum([1 + h, x], [-h, x0HatUnclipped]) };
  });
  return { ...plan, steps, carried: () => ({ p: 1, q: -1 }) };
};

export const flowHeunPlan: Planner = (settings, { n = 0 }, { start }) => {
  const { T } = settings;
  const shift = settings.number('shift', 1);
  const sigmas = between(settings, n, shift).map((sigma) => shiftFlow(sigma, shift));
  const all = [...sigmas, 0];
  const levels = all.map((sigma) => levelOf(sigma, sigma * T));
  return {
    timesteps: heunTimesteps(sigmas.map((sigma) => sigma * T)),
    sigmas: [...heunTimesteps(sigmas), 0],
    steps: flowHeun()(levels.slice(Math.ceil(start / 2))),
    output: outputOf(settings, 'flow_prediction'),
    noisy: (call) => levels[Math.ceil(call / 2)] as Level,
  };
};
