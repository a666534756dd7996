/** Diffusers' schedulers by name: their defaults, and how each of them is told to the library. */
import { type Config, Settings, type Times, Unsupported } from './config.ts';
import { consistencyPlan, lcmPlan, tcdPlan } from './consistency.ts';
import { ddimInversePlan, ddimPlan, ddpmPlan } from './discrete.ts';
import { edmEulerPlan, edmMultistepPlan } from './edm.ts';
import { eulerAncestralPlan, eulerPlan } from './euler.ts';
import { flowEulerPlan, flowHeunPlan } from './flow.ts';
import { heunPlan, kdpm2PlanOf, lmsPlan } from './karras.ts';
import { refuseUnknown } from './options.ts';
import type { Around, Plan, Planner } from './plan.ts';
import { ipndmPlan, pndmPlan } from './pseudo.ts';
import { deisPlan, multistepInversePlan, multistepPlan, singlestepPlan } from './solvers.ts';
import { unipcPlan } from './unipc.ts';

interface Scheduler {
  readonly plan: Planner;
  /** Where they are not those that most schedulers have. */
  readonly defaults?: Config;
  /** How many calls a step makes: where a run begins in the middle, it is after so many times the steps. */
  readonly order?: number;
}

const STABLE_DIFFUSION = { beta_start: 0.00085, beta_end: 0.012 };
const DISTILLED = { ...STABLE_DIFFUSION, beta_schedule: 'scaled_linear' };

const schedulers: Readonly<Record<string, Scheduler>> = {
  DDPMScheduler: { plan: ddpmPlan },
  DDPMParallelScheduler: { plan: ddpmPlan },
  DDIMScheduler: { plan: ddimPlan },
  DDIMParallelScheduler: { plan: ddimPlan },
  DDIMInverseScheduler: { plan: ddimInversePlan },
  EulerDiscreteScheduler: { plan: eulerPlan },
  EulerAncestralDiscreteScheduler: { plan: eulerAncestralPlan },
  EDMEulerScheduler: { plan: edmEulerPlan },
  HeunDiscreteScheduler: { plan: heunPlan, defaults: STABLE_DIFFUSION, order: 2 },
  KDPM2DiscreteScheduler: { plan: kdpm2PlanOf(false), defaults: STABLE_DIFFUSION, order: 2 },
  KDPM2AncestralDiscreteScheduler: { plan: kdpm2PlanOf(true), defaults: STABLE_DIFFUSION, order: 2 },
  LMSDiscreteScheduler: { plan: lmsPlan },
  DPMSolverMultistepScheduler: { plan: multistepPlan, defaults: { lu_and_cosine: true } },
  DPMSolverMultistepInverseScheduler: { plan: multistepInversePlan },
  DPMSolverSinglestepScheduler: { plan: singlestepPlan },
  EDMDPMSolverMultistepScheduler: { plan: edmMultistepPlan },
  UniPCMultistepScheduler: { plan: unipcPlan },
  DEISMultistepScheduler: { plan: deisPlan },
  PNDMScheduler: { plan: pndmPlan },
  IPNDMScheduler: { plan: ipndmPlan },
  FlowMatchEulerDiscreteScheduler: { plan: flowEulerPlan },
  FlowMatchHeunDiscreteScheduler: { plan: flowHeunPlan, order: 2 },
  CMStochasticIterativeScheduler: { plan: consistencyPlan },
  LCMScheduler: { plan: lcmPlan, defaults: DISTILLED },
  TCDScheduler: { plan: tcdPlan, defaults: DISTILLED },
};

export const orderOf = (name: string): number => schedulers[name]?.order ?? 1;

/** The settings of a scheduler that is so configured. @throws Unsupported where the mapping does not have it. */
export function settingsOf(name: string, config: Config): Settings {
  const scheduler = schedulers[name];
  if (!scheduler) throw new Unsupported(`the library has no sampler like ${name}`);
  return new Settings(config, scheduler.defaults);
}

export interface Asked {
  readonly scheduler: string;
  readonly config: Config;
  readonly times: Times;
}

/** @throws Unsupported where the library cannot run it. */
export function planOf({ scheduler, config, times }: Asked, around: Partial<Around> = {}): Plan {
  refuseUnknown(scheduler, { config, times, step: around.step ?? {} });
  const settings = settingsOf(scheduler, config);
  const { plan } = schedulers[scheduler] as Scheduler;
  return plan(settings, times, { step: {}, images: 1, start: 0, rounds: 1, batch: false, ...around });
}
