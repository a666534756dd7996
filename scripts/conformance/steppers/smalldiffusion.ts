/** smalldiffusion's sampler, DDIM, DDPM and the gradient-estimation sampler in one, on its trailing subsets of schedules. */
import { gradientEstimation } from '../../../src/diffusion/samplers/gradient-estimation.ts';
import { linear, scaledLinear } from '../../../src/diffusion/schedule.ts';
import { exponentialSigmas, sigmaTable } from '../../../src/diffusion/sigmas.ts';
import type { Step } from '../../../src/diffusion/step.ts';
import { roundHalfEven } from '../../../src/diffusion/timesteps.ts';
import type { Entry, Nested } from '../entry.ts';
import { type File, figure, group, noiseRow, run, startOf, state, veLevel } from './shared.ts';
import { walked } from './walker.ts';

interface Sampled {
  readonly schedule: string;
  readonly gam: number;
  readonly mu: number;
  readonly sigmas: readonly number[];
  readonly steps: readonly Nested[];
}

/** A schedule's σ, rising, as "ScheduleDDPM(1000)" names it; undefined where the library has none such. */
function tableNamed(name: string): readonly number[] | undefined {
  const [, kind, list = ''] = /^Schedule(\w+)\(([^)]*)\)$/.exec(name) ?? [];
  // Arguments in their order, with or without their names.
  const [N, a, b] = list.split(',').map((text) => Number(text.split('=').at(-1)));
  if (N === undefined || !(N > 0)) return undefined;
  const betas = (start: number, end: number) => ({ betaStart: a ?? start, betaEnd: b ?? end });
  switch (kind) {
    case 'DDPM':
      return sigmaTable(linear(N, betas(1e-4, 0.02)));
    case 'LDM':
      return sigmaTable(scaledLinear(N, betas(0.00085, 0.012)));
    case 'LogLinear':
      return exponentialSigmas(N, { sigmaMin: a ?? 0.02, sigmaMax: b ?? 10 }).reverse();
    default:
      return undefined;
  }
}

/** n steps from the table's end to its beginning. */
const trailing = (table: readonly number[], n: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => {
    const index = i < n ? roundHalfEven(table.length * (1 - i / n)) - 1 : 0;
    return table[index] as number;
  });

const SUBJECT = "smalldiffusion's samples";

function check(entry: Sampled, file: File): Entry {
  const { schedule, gam: gamma, mu, steps } = entry;
  const name = `${schedule}, gam=${gamma}, mu=${mu}`;
  const table = tableNamed(schedule);
  if (!table) return { name, subject: SUBJECT, cannot: `no schedule ${schedule} here` };
  return {
    name,
    subject: SUBJECT,
    ...walked(async (walker) => {
      const sigmas = trailing(table, entry.sigmas.length - 1);
      const plan = {
        sampler: gradientEstimation({ gamma, mu }),
        levels: sigmas.map(veLevel),
        x: startOf(file, sigmas[0]),
        noise: (_: Step, index: number) => noiseRow(file, index),
      };
      const { states } = await run(plan, walker);
      return [
        figure('sigmas', sigmas, entry.sigmas),
        ...steps.map((x, i) => state(`x after step ${i}`, states[i] ?? [], x)),
      ];
    }),
  };
}

export const smallDiffusion = group(['schedule', 'gam', 'mu', 'sigmas'], check);
