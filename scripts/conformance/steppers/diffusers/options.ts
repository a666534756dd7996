/** What of diffusers' schedulers' arguments is mapped: anything else would silently be left out. */
import { Unsupported } from './config.ts';

const BETAS = ['num_train_timesteps', 'beta_start', 'beta_end', 'beta_schedule', 'trained_betas'];
const CLIP = ['clip_sample', 'clip_sample_range'];
const THRESHOLD = ['thresholding', 'dynamic_thresholding_ratio', 'sample_max_value'];
const SPACING = ['timestep_spacing', 'steps_offset'];
const RESPACED = ['use_karras_sigmas', 'use_exponential_sigmas', 'use_beta_sigmas'];
const FLOW = ['use_flow_sigmas', 'flow_shift'];
const DYNAMIC = ['use_dynamic_shifting', 'time_shift_type'];
const ZERO_SNR = ['rescale_betas_zero_snr'];
const EDM = ['num_train_timesteps', 'sigma_min', 'sigma_max', 'sigma_data', 'sigma_schedule', 'rho'];
const SOLVER = ['solver_order', 'solver_type', 'lower_order_final', ...THRESHOLD];
const DPM_SOLVER = [...SOLVER, 'algorithm_type', 'variance_type', 'lambda_min_clipped'];
/** Sizes from which pipelines, not schedulers, find μ. */
const LENGTHS = ['base_shift', 'max_shift', 'base_image_seq_len', 'max_image_seq_len'];
const CONSISTENCY = [
  ...[...BETAS, ...CLIP, ...THRESHOLD, ...SPACING, ...ZERO_SNR],
  ...['original_inference_steps', 'set_alpha_to_one', 'timestep_scaling'],
];
const CHURN = ['s_churn', 's_tmin', 's_tmax', 's_noise'];

interface Accepted {
  readonly config: readonly string[];
  /** Of set_timesteps, beside the number of steps. */
  readonly times?: readonly string[];
  readonly step?: readonly string[];
}

const ddpm: Accepted = {
  config: [...BETAS, ...CLIP, ...THRESHOLD, ...SPACING, ...ZERO_SNR, 'variance_type'],
  times: ['timesteps'],
};
const ddim: Accepted = {
  config: [...BETAS, ...CLIP, ...THRESHOLD, ...SPACING, ...ZERO_SNR, 'set_alpha_to_one'],
  step: ['eta', 'use_clipped_model_output'],
};
const kdpm2: Accepted = { config: [...BETAS, ...RESPACED, ...SPACING] };
const distilled = ['timesteps', 'original_inference_steps', 'strength'];

const accepted: Readonly<Record<string, Accepted>> = {
  DDPMScheduler: ddpm,
  DDPMParallelScheduler: ddpm,
  DDIMScheduler: ddim,
  // Timesteps of one's own are those of its step for a whole batch.
  DDIMParallelScheduler: { ...ddim, times: ['timesteps'] },
  DDIMInverseScheduler: {
    config: [...BETAS, ...CLIP, ...SPACING, ...ZERO_SNR, 'set_alpha_to_one'],
    step: ['eta'],
  },
  EulerDiscreteScheduler: {
    config: [
      ...[...BETAS, ...RESPACED, ...SPACING, ...ZERO_SNR],
      ...['interpolation_type', 'timestep_type', 'sigma_min', 'sigma_max', 'final_sigmas_type'],
    ],
    times: ['timesteps', 'sigmas'],
    step: CHURN,
  },
  EulerAncestralDiscreteScheduler: { config: [...BETAS, ...SPACING, ...ZERO_SNR] },
  EDMEulerScheduler: { config: [...EDM, 'final_sigmas_type'], times: ['sigmas'], step: CHURN },
  HeunDiscreteScheduler: { config: [...BETAS, ...RESPACED, ...CLIP, ...SPACING], times: ['timesteps'] },
  KDPM2DiscreteScheduler: kdpm2,
  KDPM2AncestralDiscreteScheduler: kdpm2,
  LMSDiscreteScheduler: { ...kdpm2, step: ['order'] },
  DPMSolverMultistepScheduler: {
    config: [
      ...[...BETAS, ...DPM_SOLVER, ...RESPACED, ...FLOW, ...DYNAMIC, ...SPACING, ...ZERO_SNR],
      ...['use_lu_lambdas', 'euler_at_final', 'final_sigmas_type'],
    ],
    times: ['timesteps', 'mu'],
  },
  DPMSolverMultistepInverseScheduler: {
    config: [...BETAS, ...DPM_SOLVER, ...RESPACED, ...FLOW, ...SPACING, 'euler_at_final'],
  },
  DPMSolverSinglestepScheduler: {
    config: [...BETAS, ...DPM_SOLVER, ...RESPACED, ...FLOW, ...DYNAMIC, 'final_sigmas_type'],
    times: ['timesteps', 'mu'],
  },
  EDMDPMSolverMultistepScheduler: {
    config: [...EDM, ...SOLVER, 'algorithm_type', 'euler_at_final', 'final_sigmas_type'],
    times: ['sigmas'],
  },
  UniPCMultistepScheduler: {
    config: [
      ...[...BETAS, ...SOLVER, ...RESPACED, ...FLOW, ...DYNAMIC, ...SPACING, ...ZERO_SNR],
      ...['predict_x0', 'disable_corrector', 'final_sigmas_type', 'shift_terminal'],
    ],
    times: ['sigmas', 'mu'],
  },
  DEISMultistepScheduler: {
    config: [...BETAS, ...SOLVER, ...RESPACED, ...FLOW, ...DYNAMIC, ...SPACING, 'algorithm_type'],
    times: ['mu'],
  },
  PNDMScheduler: { config: [...BETAS, ...SPACING, 'skip_prk_steps', 'set_alpha_to_one'] },
  IPNDMScheduler: { config: ['num_train_timesteps', 'trained_betas'] },
  FlowMatchEulerDiscreteScheduler: {
    config: [
      ...[...RESPACED, ...DYNAMIC, ...LENGTHS],
      ...['num_train_timesteps', 'shift', 'invert_sigmas', 'shift_terminal', 'stochastic_sampling'],
    ],
    times: ['timesteps', 'sigmas', 'mu'],
    // Its step takes them, and does nothing with them.
    step: CHURN,
  },
  FlowMatchHeunDiscreteScheduler: { config: ['num_train_timesteps', 'shift'] },
  CMStochasticIterativeScheduler: {
    config: [
      'num_train_timesteps',
      'sigma_min',
      'sigma_max',
      'sigma_data',
      's_noise',
      'rho',
      'clip_denoised',
    ],
    times: ['timesteps'],
  },
  LCMScheduler: { config: CONSISTENCY, times: distilled },
  TCDScheduler: { config: CONSISTENCY, times: distilled, step: ['eta'] },
};

/** Arguments that change nothing, of every scheduler. */
const HARMLESS = ['prediction_type', 'device', 'generator', 'return_dict', 'n'];

/** @throws Unsupported where an argument that is set is none of those that are mapped. */
export function refuseUnknown(scheduler: string, given: Readonly<Record<keyof Accepted, object>>): void {
  const own = accepted[scheduler];
  if (!own) throw new Unsupported(`the library has no sampler like ${scheduler}`);
  for (const part of ['config', 'times', 'step'] as const) {
    const known = [...HARMLESS, ...(own[part] ?? [])];
    const unknown = Object.entries(given[part])
      .filter(
        ([key, value]) =>
          value !== null && value !== undefined && !key.startsWith('_') && !known.includes(key),
      )
      .map(([key, value]) => `${key}=${value}`);
    if (unknown.length > 0) throw new Unsupported(`${unknown.join(', ')} of ${scheduler} is not mapped`);
  }
}
