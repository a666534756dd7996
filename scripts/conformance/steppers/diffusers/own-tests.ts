/** The loops of diffusers' own unit tests: what is left of a picture of rising values, as a sum or a mean of |x|. */
import type { Level } from '../../../../src/diffusion/step.ts';
import { walk } from '../../../../src/diffusion/walk.ts';
import { type Entry, type Figure, isListOf, type Kind, sum } from '../../entry.ts';
import { torchNormals } from '../../torch-random.ts';
import { figure } from '../shared.ts';
import type { Config, Times } from './config.ts';
import { planned } from './index.ts';
import { type Around, type Model, type Plan, run } from './plan.ts';
import { orderOf, planOf, settingsOf } from './schedulers.ts';

interface Tested {
  readonly scheduler: string;
  readonly test: string;
  readonly config: Config;
  readonly set_timesteps_args: Readonly<Record<string, unknown>> | null;
  readonly loop: {
    readonly init_noise_sigma_scaling: boolean;
    readonly scale_model_input: boolean;
    readonly step_receives_SCALED_sample: boolean;
    readonly add_noise_first: boolean;
    /** A number, or the expression that gives it. */
    readonly t_start: string | null;
  };
  readonly checks: readonly Check[];
}

interface Check {
  readonly quantity: string;
  /** What float32 gives, and how far from it diffusers' test may be. */
  readonly expected: number;
  readonly tolerance: number;
  /** What the same test gives in float64. */
  readonly our_run_float64: number | null;
}

/** What float32 may have made of a number by the end of a loop, as a part of it. */
const LOOP_ROUNDING = 2 ** -20;

/**
 * The same of a loop that begins at a level where there is little noise: its 1 − ᾱ is a difference from float32's 1, whose
 * rounding is a part of 2^−24/σ², and no later step mends it. Of DDPM's loop that begins at t = 1 float32 makes 387.9466, and
 * float64 387.9673.
 */
const beginRounding = ({ sigma }: Level): number => 2 ** -24 / sigma ** 2;

/** Loops whose numbers are float32's own: its 1 − β and ᾱ are off where β is 0.999, and so is all that follows. */
const ROUNDED: Readonly<Record<string, string>> = {
  UnCLIPScheduler: "its number is float32's rounding: 252.27 there, 252.44 in float64",
};

/** A difference that counts as it is, whatever it is of. */
export const within = (name: string, ours: number, theirs: number, tolerance: number): Figure => {
  const floor = Math.max(1, Math.abs(theirs));
  return { name, ours, theirs, within: tolerance / floor, floor };
};

const IMAGES = 4;

/** Of torch's generator, in every loop that draws. */
const SEED = 0;

const model: Model = (input, t) => (input * t) / (t + 1);

/** Values, image by image: the images take turns at 0, 1, … (size − 1) over size. */
const rising = (size: number): number[] =>
  Array.from({ length: IMAGES }, (_, image) =>
    Array.from({ length: size / IMAGES }, (_, k) => (k * IMAGES + image) / size),
  ).flat();

/** How many steps a loop has: those asked for, or those of training where set_timesteps is not called. */
const stepsOf = ({ scheduler, config }: Tested, { n, timesteps }: Times): number =>
  n ?? timesteps?.length ?? settingsOf(scheduler, config).T;

/**
 * The call to begin with: t_start, a number, or how many steps before the last, is counted in steps, each of as many calls
 * as the scheduler's order. @throws RangeError for any other expression, and where no step is left.
 */
function startOf(entry: Tested, n: number): number {
  const { scheduler, test, loop } = entry;
  // The loop of this test, in which whole steps end amidst an order, leaves out three.
  if (test.endsWith('test_full_uneven_loop')) return 3;
  const [, name, digits] = /^(?:([a-z_.()]+) - )?(\d+)$/.exec(loop.t_start ?? '0') ?? [];
  const steps = name === undefined ? Number(digits) : n - Number(digits);
  if (!(steps >= 0 && steps < n)) throw new RangeError(`t_start = ${loop.t_start} of ${n} is not understood`);
  return steps * orderOf(scheduler);
}

function timesOf({ set_timesteps_args }: Tested): Times {
  const { num_inference_steps, device: _, ...others } = set_timesteps_args ?? {};
  // Lists are written as text.
  const lists = Object.entries(others).map(([key, value]) => [
    key,
    typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value,
  ]);
  return { ...Object.fromEntries(lists), n: num_inference_steps as number | undefined };
}

/** The generator's normals, drawn in the order in which calls ask for them. */
function drawn(count: number): (call: number) => readonly number[] {
  const draw = torchNormals(SEED, count);
  const known = new Map<number, number[]>();
  return (call) => {
    const noise = known.get(call) ?? Array.from(draw());
    known.set(call, noise);
    return noise;
  };
}

/** What the loop ends with. */
async function ended(entry: Tested, plan: Plan, start: number): Promise<ArrayLike<number>> {
  const { loop, test } = entry;
  const sample = rising(test.includes('1DTest') ? 96 : 768);
  const { initNoiseSigma = 1 } = plan;
  const scale = loop.init_noise_sigma_scaling ? initNoiseSigma : 1;
  const at = loop.add_noise_first ? plan.noisy?.(start) : undefined;
  if (loop.add_noise_first && !at) throw new RangeError('the plan does not say how noise is added');
  const x = sample.map((value) => scale * value);
  const noise = sample.map((value) => (sample.length - 1) / sample.length - value);
  const begin = at ? x.map((value, i) => at.alpha * value + at.sigma * (noise[i] as number)) : x;
  const scales = loop.step_receives_SCALED_sample ? 'state' : loop.scale_model_input ? 'copy' : 'nothing';
  const { states } = await run(plan, { x: begin, model, start, scales, noise: drawn(x.length) }, walk);
  return states.at(-1) ?? [];
}

const QUANTITIES: Readonly<Record<string, (x: readonly number[]) => number>> = {
  'result_sum.item()': (x) => sum(x.map(Math.abs)),
  'result_mean.item()': (x) => sum(x.map(Math.abs)) / x.length,
};

/** Beside the test's own number, unless even diffusers has another in float64; then that one is what counts. */
function measured(values: readonly number[], check: Check, rounding: number): Figure[] {
  const { quantity, expected, tolerance, our_run_float64: exact } = check;
  const measure = QUANTITIES[quantity];
  if (!measure) throw new RangeError(`${quantity} is not understood`);
  const ours = measure(values);
  const precise = exact === null ? [] : [figure(`${quantity} in float64`, ours, exact)];
  const isRounding = exact !== null && Math.abs(exact - expected) > tolerance;
  return isRounding
    ? precise
    : [within(quantity, ours, expected, tolerance + rounding * Math.abs(expected)), ...precise];
}

/** Three batches, 0.1 apart, of which each is taken from its own timestep by one step. */
const isBatchTest = ({ test }: Tested) => test.endsWith('test_batch_step_no_noise');
const BATCHES = [0, 0.1, -0.1];

async function batches(entry: Tested): Promise<number[]> {
  const { scheduler, config } = entry;
  const timesteps = BATCHES.map((_, t) => t);
  const times = { ...timesOf(entry), timesteps };
  const plan = planOf({ scheduler, config, times }, { images: IMAGES, batch: true });
  const all = BATCHES.map(async (shift, i) => {
    const x = rising(768).map((value) => value + shift);
    const own = { ...plan, steps: plan.steps.slice(i, i + 1) };
    const { states } = await run(own, { x, model, start: i }, walk);
    return Array.from(states[0] ?? []);
  });
  return (await Promise.all(all)).flat();
}

function around(entry: Tested, start: number): Partial<Around> {
  // Their loops of TCD draw nothing; iPNDM's goes through its timesteps twice.
  const rounds = entry.scheduler === 'IPNDMScheduler' ? 2 : 1;
  const step = entry.scheduler === 'TCDScheduler' ? { eta: 0 } : {};
  return { step, images: IMAGES, start, rounds };
}

function check(entry: Tested): Entry {
  const { scheduler: subject, config, test, checks } = entry;
  const name = test.split('::').slice(1).join(' ');
  const rounded = ROUNDED[subject];
  if (rounded) return { name, subject, cannot: rounded };
  const times = timesOf(entry);
  const start = () => startOf(entry, stepsOf(entry, times));
  const plan = planned(() => planOf({ scheduler: subject, config, times }, around(entry, start())));
  if ('cannot' in plan) return { name, subject, ...plan };
  return {
    name,
    subject,
    async figures() {
      const x = isBatchTest(entry) ? batches(entry) : ended(entry, plan(), start());
      const values = Array.from(await x);
      const begin = entry.loop.add_noise_first ? plan().noisy?.(start()) : undefined;
      const rounding = LOOP_ROUNDING + (begin ? beginRounding(begin) : 0);
      return checks.flatMap((own) => measured(values, own, rounding));
    },
  };
}

export const ownTests: Kind = {
  matches: (value) => isListOf(value, 'scheduler', 'test', 'config', 'loop', 'checks'),
  entries: (value: readonly Tested[]) => value.map(check),
};
