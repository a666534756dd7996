/** Where every sampler comes from. */
import type { SamplerChoice } from './names.ts';

export interface Paper {
  readonly authors: readonly [string, string?];
  /** Whether there are more than are named. */
  readonly others?: boolean;
  readonly year: number;
  readonly href: string;
}

const arxiv = (id: string) => `https://arxiv.org/abs/${id}`;
const by = (author: string, year: number, id: string): Paper => ({
  authors: [author],
  others: true,
  year,
  href: arxiv(id),
});

const ddpm = by('Ho', 2020, '2006.11239');
const edm = by('Karras', 2022, '2206.00364');
const dpmSolver = by('Lu', 2022, '2206.00927');
const dpmSolverPlus = by('Lu', 2022, '2211.01095');
const unipc = by('Zhao', 2023, '2302.04867');
const pndm = by('Liu', 2022, '2202.09778');
const flow = by('Lipman', 2023, '2210.02747');
const exponential: Paper = { authors: ['Zhang', 'Chen'], year: 2023, href: arxiv('2204.13902') };
/** Published as code. */
const kDiffusion: Paper = {
  authors: ['Crowson'],
  year: 2022,
  href: 'https://github.com/crowsonkb/k-diffusion',
};

export const papers: Readonly<Record<SamplerChoice, Paper>> = {
  posterior: ddpm,
  ddpm,
  'ddpm-large': ddpm,
  vdm: by('Kingma', 2021, '2107.00630'),
  'euler-ancestral': kDiffusion,
  'dpm2-ancestral': kDiffusion,
  'dpmpp-2s-ancestral': kDiffusion,
  ddim: by('Song', 2021, '2010.02502'),
  euler: edm,
  'dpm-solver-1': dpmSolver,
  'gradient-estimation': { authors: ['Permenter', 'Yuan'], year: 2024, href: arxiv('2306.04848') },
  'flow-euler': flow,
  heun: edm,
  'edm-ode': edm,
  dpm2: kDiffusion,
  'dpm-solver-2': dpmSolver,
  'dpm-solver-3': dpmSolver,
  'dpmpp-2s': dpmSolverPlus,
  'dpmpp-3s': dpmSolverPlus,
  'flow-heun': flow,
  'dpm-solver-2m': dpmSolver,
  'dpmpp-2m': dpmSolverPlus,
  'dpmpp-3m': dpmSolverPlus,
  'unipc-bh1': unipc,
  'unipc-bh2': unipc,
  deis: exponential,
  pndm,
  plms: pndm,
  ipndm: exponential,
  lms: kDiffusion,
  edm,
  'dpmpp-sde': kDiffusion,
  'dpmpp-2m-sde': dpmSolverPlus,
  'dpmpp-3m-sde': kDiffusion,
  consistency: by('Song', 2023, '2303.01469'),
  lcm: by('Luo', 2023, '2310.04378'),
  tcd: by('Zheng', 2024, '2402.19159'),
};
