/** A diffusers scheduler's run, told to the library as steps, and taken with one of the reference files' models. */
import type { Limit } from '../../../../src/diffusion/limit.ts';
import type { Weights } from '../../../../src/diffusion/prediction.ts';
import { asks, type Form, type Level, m, type Step, sum, x } from '../../../../src/diffusion/step.ts';
import type { Denoised } from '../../../../src/diffusion/walk.ts';
import type { Walker } from '../walker.ts';
import type { Settings, StepOptions, Times } from './config.ts';

export type Model = (input: number, t: number) => number;

export interface Plan {
  /** What the model is told, call by call. */
  readonly timesteps: readonly number[];
  /** The scheduler's own table, with the last one appended, where it has one. */
  readonly sigmas?: readonly number[];
  /** The library's steps, one for every call, in the order of the timesteps, and others that prepare them. */
  readonly steps: readonly Step[];
  readonly initNoiseSigma?: number;
  /** By what x is multiplied before the model sees it at a call: scale_model_input. */
  readonly inputScale?: (call: number) => number;
  /** x̂_0 = p·x + q·answer. */
  readonly output: (at: Level, call: number) => Weights;
  readonly limit?: Limit | undefined;
  /** What the steps find as the unclipped x̂_0, where it is not that. */
  readonly carried?: (at: Level) => Weights | undefined;
  /** Whether the scheduler draws at a call; where absent, just where a step has noise. */
  readonly draws?: (call: number) => boolean;
  /** pred_original_sample where it is not the x̂_0 that the steps use: its form, and how much of the call's noise is in it. */
  readonly reported?: (call: number) => { readonly form: Form; readonly noise: number } | undefined;
  /** Where add_noise takes a picture at the timestep of a call. */
  readonly noisy?: (call: number) => Level;
}

export interface Around {
  readonly step: StepOptions;
  readonly images: number;
  /** The call that a run begins with; the plan's steps are those from it on. */
  readonly start: number;
  /** How often the timesteps are gone through, what was kept staying. */
  readonly rounds: number;
  /** Whether the timesteps are those of a batch's images, each of which takes one step of its own. */
  readonly batch: boolean;
}

export type Planner = (settings: Settings, times: Times, around: Around) => Plan;

export interface Inputs {
  readonly x: readonly number[];
  readonly model: Model;
  /** Row `call` is what is drawn there; zeros where absent. */
  readonly noise?: ((call: number) => readonly number[]) | undefined;
  /** Whether the model's answer has tanh(input) for a variance beside it, which is v = (tanh + 1)/2. */
  readonly learnedVariance?: boolean;
  /** The call to begin with; the plan's steps are those from it on. */
  readonly start?: number;
  /** What is scaled for the model: a copy of x unless it is x itself, as in some of diffusers' own tests, or nothing. */
  readonly scales?: 'copy' | 'state' | 'nothing';
}

type Values = ArrayLike<number>;

export interface Run {
  readonly firstInput: Values;
  readonly firstOutput: Values;
  /** x after every call. */
  readonly states: readonly Values[];
  /** pred_original_sample of every call. */
  readonly x0Hats: readonly Values[];
  /** How often every call draws. */
  readonly draws: readonly number[];
}

/** Whether a step only scales x, or keeps it, for the one after it. */
const prepares = (step: Step): boolean => step.at === step.to && !asks(step);

/** Steps of which every call's are preceded by one that scales x, and lets what was kept stay. */
function scaling({ steps, inputScale = () => 1 }: Plan, start: number): Step[] {
  let call = start;
  return steps.flatMap((step, i) => {
    if (prepares(step)) return [step];
    const keep = m.slice(0, steps[i - 1]?.keep?.length ?? 0);
    return [{ at: step.at, to: step.at, next: sum([inputScale(call++), x]), keep }, step];
  });
}

/** What the model answers at a call, and what of it the steps and pred_original_sample take. */
function asked(plan: Plan, { model, learnedVariance = false, scales = 'copy' }: Inputs, z: () => Values) {
  return (state: Float64Array, at: Level, call: number) => {
    const scale = scales === 'copy' ? (plan.inputScale?.(call) ?? 1) : 1;
    const input = state.map((value) => scale * value);
    const answer = input.map((value) => model(value, plan.timesteps[call] as number));
    const variance = learnedVariance ? Array.from(input, Math.tanh) : [];
    const combine = ({ p, q }: Weights) =>
      state.map((value, i) => (p === 0 ? 0 : p * value) + q * (answer[i] as number));
    const own = combine(plan.output(at, call));
    const carried = plan.carried?.(at);
    const x0Hat = plan.limit?.(own) ?? own;
    const denoised: Denoised = {
      x0Hat,
      unclipped: carried ? combine(carried) : own,
      v: variance.map((tanh) => (tanh + 1) / 2),
    };
    const { form: [ofX = 0, ofX0Hat = 1] = [], noise = 0 } = plan.reported?.(call) ?? {};
    const drawn = noise === 0 ? [] : z();
    const reported = x0Hat.map(
      (value, i) => ofX * (state[i] as number) + ofX0Hat * value + noise * (drawn[i] ?? 0),
    );
    return { input, output: [...answer, ...variance], denoised, reported };
  };
}

export async function run(plan: Plan, inputs: Inputs, walker: Walker): Promise<Run> {
  const { x: begin, noise, start = 0, scales } = inputs;
  const scalesState = scales === 'state';
  const steps = scalesState ? scaling(plan, start) : plan.steps;
  const callOf = (index: number) => start + steps.slice(0, index).filter((step) => !prepares(step)).length;
  const z = (call: number) => noise?.(call) ?? begin.map(() => 0);
  const ask = (state: Float64Array, index: number) => {
    const call = callOf(index);
    return asked(plan, inputs, () => z(call))(state, (steps[index] as Step).at, call);
  };
  const calls: ReturnType<typeof ask>[] = [];
  const states: Values[] = [];
  const draws: number[] = [];
  const walk = walker({
    steps,
    x: begin,
    denoise: (state, _, index) => ask(state, index).denoised,
    noise: (index) => z(callOf(index)),
  });
  let index = 0;
  let x: Values = begin;
  for await (const next of walk) {
    if (!prepares(steps[index] as Step)) {
      calls.push(ask(Float64Array.from(x), index));
      states.push(next);
      draws.push(Number(steps[index]?.s || plan.draws?.(callOf(index)) ? 1 : 0));
    }
    x = next;
    index += 1;
  }
  const [{ input = [], output = [] } = {}] = calls;
  return {
    firstInput: input,
    firstOutput: output,
    states,
    x0Hats: calls.map(({ reported }) => reported),
    draws,
  };
}
