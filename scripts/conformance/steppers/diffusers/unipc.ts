/** UniPC, whose flow levels are its own. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import { unipc } from '../../../../src/diffusion/samplers/unipc.ts';
import { karrasSigmas, shiftFlow, stretchToTerminal, timeShift } from '../../../../src/diffusion/sigmas.ts';
import { solverTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { type Settings, sigmasOf, type Times } from './config.ts';
import type { Planner } from './plan.ts';
import { ordersOf, planOn } from './solvers.ts';
import { finalSigma, solverTable, type Table } from './tables.ts';

/** UniPC's own flow levels, and Karras' as flow levels: each with its last σ. */
function unipcTable(settings: Settings, timesteps: readonly number[], times: Times): Table {
  const { T } = settings;
  const n = times.sigmas?.length ?? timesteps.length;
  if (!settings.flag('use_flow_sigmas')) return solverTable(settings, timesteps, times);
  const onTime = (sigmas: readonly number[]): Table => ({
    sigmas,
    timesteps: sigmas.map((sigma) => Math.trunc(sigma * T)),
  });
  if (settings.flag('use_karras_sigmas')) {
    const train = times.sigmas ?? sigmasOf(settings);
    const range = { sigmaMax: train.at(-1) as number, sigmaMin: train[0] as number };
    return onTime(karrasSigmas(n, range).map((sigma) => sigma / (sigma + 1)));
  }
  const raw = times.sigmas ?? linspace(1, 1 / T, n + 1).slice(0, -1);
  const { mu } = times;
  const type = settings.choice('time_shift_type', ['exponential', 'linear']);
  const shifted = raw.map((sigma) =>
    settings.flag('use_dynamic_shifting') && mu !== undefined
      ? timeShift(sigma, { mu, type })
      : shiftFlow(sigma, settings.number('flow_shift', 1)),
  );
  const terminal = settings.number('shift_terminal', 0);
  const stretched = terminal ? stretchToTerminal(shifted, terminal) : shifted;
  const [first = 0] = stretched;
  // λ = −∞ at σ = 1.
  return onTime(Math.abs(first - 1) < 1e-6 ? stretched.with(0, first - 1e-6) : stretched);
}

export const unipcPlan: Planner = (settings, times, { images, start }) => {
  const n = times.sigmas?.length ?? times.n ?? 0;
  const timesteps = solverTimesteps(settings.T, n, settings.spacing('linspace'));
  const table = unipcTable(settings, timesteps, times);
  const respaced = ['karras', 'exponential', 'beta', 'flow'].some((name) =>
    settings.flag(`use_${name}_sigmas`),
  );
  const end = finalSigma(settings);
  const last = respaced && end > 0 ? (table.sigmas.at(-1) as number) : end;
  const { levels, plan } = planOn(settings, table, last, images);
  const predictX0 = settings.flag('predict_x0', true);
  const sampler = unipc({
    ...ordersOf(settings, 0),
    solverType:
      settings.choice('solver_type', ['bh2', 'bh1', 'midpoint', 'heun', 'logrho']) === 'bh1' ? 'bh1' : 'bh2',
    predictX0,
    disableCorrector: (settings.list('disable_corrector') ?? []).map((index) => index - start),
  });
  return {
    ...plan,
    steps: sampler(levels.slice(start)),
    limit: predictX0 ? plan.limit : undefined,
  };
};
