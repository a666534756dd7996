/** Tables of σ: k-diffusion's, EDM's, and those of diffusers' schedulers with their timesteps. */
import {
  ancestralStep,
  betaSigmas,
  exponentialSigmas,
  flowSigmas,
  interpolate,
  karrasSigmas,
  linearSigmas,
  polyexponentialSigmas,
  type SigmaRange,
  sigmaTable,
  timestepOfSigma,
  vpSigmas,
} from '../../src/diffusion/sigmas.ts';
import { fractionalTimesteps, type Spacing } from '../../src/diffusion/timesteps.ts';
import { type Entry, type Figure, has, type Kind, membersOf } from './entry.ts';
import { scheduleNamed } from './named.ts';

/** Compared by their digits: a power of 7 or an exponential of float64, on both sides. */
const figure = (name: string, ours: Figure['ours'], theirs: Figure['theirs']): Figure => ({
  name,
  ours,
  theirs,
  within: 1e-12,
  floor: 0,
});

/** Timesteps end at 0, and are compared beside 1. */
const times = (ours: number[], theirs: Figure['theirs']): Figure => ({
  ...figure('timesteps', ours, theirs),
  floor: 1,
});

/** "N=18 rho=7 0.002..80", in which order ever, as n, rho, sigma_min and sigma_max. */
function parametersOf(name: string): Record<string, number> {
  const pairs = name.matchAll(/(\w+)=([-+\d.e]+)/g);
  const [, sigma_min, sigma_max] = /([\d.e-]+)\.\.([\d.e-]+)/.exec(name) ?? [];
  const range =
    sigma_min === undefined ? [] : [['sigma_min', sigma_min] as const, ['sigma_max', sigma_max] as const];
  return Object.fromEntries(
    [...[...pairs].map(([, key, value]) => [key, value] as const), ...range].map(([key, value]) => [
      key === 'N' ? 'n' : key,
      Number(value),
    ]),
  );
}

type Table = (n: number, range: SigmaRange, rho?: number) => number[];
const tables: Record<string, Table> = {
  karras: karrasSigmas,
  exponential: exponentialSigmas,
  polyexponential: polyexponentialSigmas,
  beta: betaSigmas as Table,
  linear: linearSigmas,
};

/** The table that a name of k-diffusion's or EDM's asks for; without a word EDM's own. */
function tableNamed(name: string): (() => number[]) | undefined {
  const { n, rho, sigma_min, sigma_max, beta_d, beta_min, eps_s } = parametersOf(name);
  if (n === undefined) return undefined;
  const [family = ''] = name.split(' ');
  if (family === 'vp') return () => vpSigmas(n, { betaD: beta_d, betaMin: beta_min, epsS: eps_s });
  const table = tables[family.startsWith('N=') ? 'karras' : family];
  if (!table || sigma_min === undefined || sigma_max === undefined) return undefined;
  return () => table(n, { sigmaMin: sigma_min, sigmaMax: sigma_max }, rho);
}

type AncestralRow = readonly [from: number, to: number, eta: number, down: number, up: number];
const ANCESTRAL = 'get_ancestral_step';

function ancestral(name: string, rows: readonly AncestralRow[]): Entry {
  const ours = rows.map(([from, to, eta]) => ancestralStep(from, to, eta));
  const figures = () => [
    figure(
      'sigma_down',
      ours.map(({ down }) => down),
      rows.map(([, , , down]) => down),
    ),
    figure(
      'sigma_up',
      ours.map(({ up }) => up),
      rows.map(([, , , , up]) => up),
    ),
  ];
  return { name, figures };
}

const KNOWN = /^((karras|exponential|polyexponential|linear|vp) )?.*\bN=\d+|^get_ancestral_step/;

const kDiffusion: Kind = {
  matches: (value) => membersOf(value).some(([name, theirs]) => Array.isArray(theirs) && KNOWN.test(name)),
  entries: (value: object) =>
    membersOf(value).map(([name, theirs]): Entry => {
      if (name.startsWith(ANCESTRAL)) return ancestral(name, theirs as unknown as AncestralRow[]);
      const table = tableNamed(name);
      if (!table) return { name, cannot: 'no such σ table is in the library' };
      const published = theirs as readonly number[];
      const end = published.at(-1) === 0 ? [0] : [];
      return { name, figures: () => [figure('sigmas', [...table(), ...end], published)] };
    }),
};

interface Sigmas {
  readonly sigmas: number[];
  readonly timesteps: number[];
  readonly init_noise_sigma?: number;
}

/** The deviation of the noise to begin with, where x is scaled to 1 at the model. */
const scaled = (sigma: number): number => Math.hypot(sigma, 1);

/** diffusers' Euler: σ interpolated at fractional timesteps, or spaced anew between the ends of that. */
function euler(name: string): (() => Sigmas) | undefined {
  const [, betas = '', n, family = '', spacing] =
    /^EulerDiscrete (\w+\(.*\)|\w+) n=(\d+) (\w+) spacing=(\w+)$/.exec(name) ?? [];
  const schedule = scheduleNamed(betas, 1000);
  const respaced = tables[family];
  if (!schedule || (!respaced && family !== 'plain')) return undefined;
  return () => {
    const table = sigmaTable(schedule);
    const even = fractionalTimesteps(schedule.T, Number(n), { spacing: spacing as Spacing });
    const plain = even.map((time) => interpolate(table, time));
    const [sigmaMin, sigmaMax] = [plain.at(-1) as number, plain[0] as number];
    const sigmas = respaced ? respaced(Number(n), { sigmaMin, sigmaMax }) : plain;
    return {
      sigmas,
      timesteps: respaced ? sigmas.map((sigma) => timestepOfSigma(table, sigma)) : even,
      init_noise_sigma: spacing === 'leading' ? scaled(sigmaMax) : sigmaMax,
    };
  };
}

/** EDM's, whose model is told log σ/4, from 80 to 0.002 unless said otherwise. */
function edm(name: string): (() => Sigmas) | undefined {
  const { n, sigma_min = 0.002, sigma_max = 80, rho } = parametersOf(name);
  if (!name.startsWith('EDM') || n === undefined) return undefined;
  return () => {
    const range = { sigmaMin: sigma_min, sigmaMax: sigma_max };
    const sigmas = name.includes('exponential') ? exponentialSigmas(n, range) : karrasSigmas(n, range, rho);
    return {
      sigmas,
      timesteps: sigmas.map((sigma) => Math.log(sigma) / 4),
      init_noise_sigma: scaled(sigma_max),
    };
  };
}

/** Flow matching's, whose timesteps are σ·T. */
function flow(name: string): (() => Sigmas) | undefined {
  const { n, shift, T = 1000 } = parametersOf(name);
  if (!name.startsWith('FlowMatch') || n === undefined) return undefined;
  return () => {
    const sigmas = flowSigmas(n, { T, shift });
    return { sigmas, timesteps: sigmas.map((sigma) => sigma * T) };
  };
}

const diffusers: Kind = {
  matches: (value) => membersOf(value).some(([, theirs]) => has(theirs, 'sigmas', 'timesteps')),
  entries: (value: object) =>
    membersOf(value).map(([name, member]): Entry => {
      const table = euler(name) ?? edm(name) ?? flow(name);
      if (!table) return { name, cannot: 'no such σ table is in the library' };
      const theirs = member as unknown as Sigmas;
      const figures = () => {
        const ours = table();
        return [
          figure('sigmas', [...ours.sigmas, 0], theirs.sigmas),
          times(ours.timesteps, theirs.timesteps),
          figure('init_noise_sigma', ours.init_noise_sigma ?? Number.NaN, theirs.init_noise_sigma),
        ];
      };
      return { name, figures };
    }),
};

export const sigmaTables = [kDiffusion, diffusers];
