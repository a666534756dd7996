import type { Bindable, Denoiser, DenoiserInputs } from '../../../src/denoisers/denoiser.ts';
import { type DenoiserOptions, fetchDenoiser } from '../../../src/denoisers/list.ts';
import { type Prepared, prepare } from '../../../src/denoisers/prepared.ts';
import type { Complex } from '../../../src/diffusion/fft.ts';
import type { Output } from '../../../src/diffusion/prediction.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { complexBuffer, Fft, interleaved } from '../../../src/passes/denoise/fft.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { alone } from '../../alone.ts';
import { download, gpu, newGpu } from './device.ts';
import { gaussianModel } from './limit.ts';
import { costlyCalls, failure } from './trajectory.ts';

type Values = Float32Array<ArrayBuffer>;

/** The transforms of complex planes, real and imaginary parts in turn. */
export const fft = (planes: Complex, { h, w }: { h: number; w: number }, sign: 1 | -1): Promise<Values> =>
  gpu.checked(async () => {
    const buffers = ['a', 'b'].map((label) => complexBuffer(gpu, label, planes.re.length)) as [
      GPUBuffer,
      GPUBuffer,
    ];
    const pass = await Fft.create(gpu, { buffers, planes: planes.re.length / (h * w), h, w, sign });
    gpu.device.queue.writeBuffer(buffers[0], 0, interleaved(planes.re, planes.im));
    const found = await download(pass.result, (encoder) => {
      const compute = encoder.beginComputePass();
      pass.encode(compute);
      compute.end();
    });
    pass.release();
    gpu.release(...buffers);
    return found;
  });

/** A denoiser by its options; a model cannot be sent, but it can be said which one to make. */
export type Named =
  | Exclude<DenoiserOptions, { readonly name: 'model' }>
  | { readonly name: 'model'; readonly output: Output; readonly deviation: number };

export { prepare };

const optionsOf = (named: Named): DenoiserOptions =>
  named.name === 'model' ? gaussianModel(named.output, named.deviation) : named;

interface Given {
  readonly denoiser: Named;
  readonly shape: Shape;
  readonly levels: readonly Level[];
  /** What an oracle may know. */
  readonly x0?: Values | undefined;
}

async function withDenoiser<Result>(
  { denoiser: named, shape, levels, x0 }: Given,
  use: (ask: (p: number, x: Values) => Promise<Values>, denoiser: Denoiser, x: GPUBuffer) => Promise<Result>,
): Promise<Result> {
  const x = stateBuffer(gpu, 'x', shape);
  const known = x0 && stateBuffer(gpu, 'x_0', shape);
  if (known && x0) gpu.device.queue.writeBuffer(known, 0, x0);
  const state: Bindable = { x, x0: known, shape, levels };
  const release = () => gpu.release(x, ...(known ? [known] : []));
  const denoiser = await gpu
    .checked(() => alone(gpu, optionsOf(named), state))
    .catch((error) => {
      release();
      throw error;
    });
  const ask = async (p: number, values: Values) => {
    gpu.device.queue.writeBuffer(x, 0, values);
    const found = await download(denoiser.x0Hat, (encoder) => {
      const pass = encoder.beginComputePass();
      denoiser.encode(pass, p);
      pass.end();
    });
    return found.slice(0, valueCount(shape));
  };
  try {
    return await use(ask, denoiser, x);
  } finally {
    denoiser.release();
    release();
  }
}

/** x̂_0 of the same x at every level. */
export const denoised = (given: Given & { readonly x: Values }): Promise<Values[]> =>
  withDenoiser(given, async (ask) => {
    const found: Values[] = [];
    for (const p of given.levels.keys()) found.push(await ask(p, given.x));
    return found;
  });

/** What it says it will take, and nothing taken by saying so. */
const saidOf = async (options: DenoiserOptions, { shape, levels }: Given) =>
  (await fetchDenoiser(options.name)).bytes(gpu, options, { shape, states: levels.length });

/** Prepared once and bound twice: what it says, what it takes at each stage, what it writes, and what both answer. */
export async function preparedOnce(given: Given & { readonly states: readonly [Values, Values] }) {
  const { shape, levels, x0, states } = given;
  const options = optionsOf(given.denoiser);
  const on = (values: Values) => {
    const buffer = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  };
  const known = x0 && on(x0);
  const buffers = states.map(on);
  const before = gpu.bytes;
  const said = await saidOf(options, given);
  const saying = gpu.bytes - before;
  const first = await prepare(gpu, options, shape);
  const knowledge = gpu.bytes - before;
  const second = first.with(gpu, options) as Prepared;
  const sharing = gpu.bytes - before - knowledge;
  const bindings: number[] = [];
  const bound: Denoiser[] = [];
  for (const [i, prepared] of [first, second].entries()) {
    const at = gpu.bytes;
    const x = buffers[i] as GPUBuffer;
    bound.push(await gpu.checked(() => prepared.bind({ x, x0: known, shape, levels })));
    bindings.push(gpu.bytes - at);
  }
  const answers: Values[] = [];
  for (const denoiser of bound) {
    const found = await download(denoiser.x0Hat, (encoder) => {
      const pass = encoder.beginComputePass();
      denoiser.encode(pass, 1);
      pass.end();
    });
    answers.push(found.slice(0, valueCount(shape)));
  }
  // Each binding, and then each share: once and again.
  for (const denoiser of bound) denoiser.release();
  const unbound = gpu.bytes - before;
  first.release();
  first.release();
  const kept = gpu.bytes - before;
  const late = first.with(gpu, options) === undefined;
  const error = await failure(first.bind({ x: buffers[0] as GPUBuffer, x0: known, shape, levels }));
  second.release();
  const left = gpu.bytes - before;
  gpu.release(...buffers, ...(known ? [known] : []));
  return { said, saying, knowledge, sharing, bindings, answers, unbound, kept, late, error, left };
}

/** What a model is told of so many levels. */
export async function told(levels: readonly Level[]) {
  const shape = { n: 1, c: 1, h: 1, w: 4 };
  const gaussian = gaussianModel('x0', 0.3);
  let told: readonly object[] = [];
  const spying = {
    ...gaussian,
    prepare: () => ({
      bind(inputs: DenoiserInputs) {
        told = inputs.levels;
        throw new RangeError('it has seen enough');
      },
      release() {},
    }),
  } as DenoiserOptions;
  await failure(gpu.checked(() => alone(gpu, spying, { x: stateBuffer(gpu, 'x', shape), shape, levels })));
  return told.map((level) => Object.entries(level));
}

/** Whether options that know something else, and those for another device, share what is prepared. */
export async function sharedWith(options: DenoiserOptions, others: readonly DenoiserOptions[], shape: Shape) {
  const before = gpu.bytes;
  const prepared = await prepare(gpu, options, shape);
  const another = await newGpu();
  const shared = others.map((other) => prepared.with(gpu, other));
  const elsewhere = prepared.with(another, options);
  another.device.destroy();
  for (const held of [...shared, prepared]) held?.release();
  return { shared: shared.map(Boolean), elsewhere: Boolean(elsewhere), left: gpu.bytes - before };
}

/** What a denoiser does with two states, asked in one order and in another. */
export async function contract(given: Given & { readonly states: readonly [Values, Values] }) {
  const before = gpu.bytes;
  const found = await withDenoiser(given, async (ask, denoiser, x) => {
    const asked = given.levels.flatMap((_, p) => given.states.map((state) => [p, state] as const));
    const answers: Values[] = [];
    for (const [p, state] of asked) answers.push(await ask(p, state));
    const backwards: Values[] = [];
    for (const [p, state] of asked.toReversed()) backwards.unshift(await ask(p, state));
    // Encoded twice in one pass, and what it calls while it encodes.
    const [p, state] = asked.at(-1) as [number, Values];
    gpu.device.queue.writeBuffer(x, 0, state);
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const calls = await costlyCalls(async () => {
      denoiser.encode(pass, p);
      denoiser.encode(pass, p);
    });
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    const twice = (await download(denoiser.x0Hat)).slice(0, state.length);
    const xAfter = (await download(x)).slice(0, state.length);
    const { name, constant } = denoiser;
    return { name, constant, answers, backwards, twice, calls, xAfter };
  });
  return { ...found, leaked: gpu.bytes - before };
}

/** Why a state is refused, and what is kept. */
export async function refusal({
  denoiser: named,
  shape,
  levels,
  x0,
}: Omit<Given, 'levels'> & { readonly levels?: readonly Level[] | undefined }) {
  const before = gpu.bytes;
  const error = await failure(
    gpu.checked(async () => {
      const x = stateBuffer(gpu, 'x', shape);
      const known = x0 && stateBuffer(gpu, 'x_0', shape);
      await alone(gpu, optionsOf(named), { x, x0: known, shape, levels });
    }),
  );
  return { error, leaked: gpu.bytes - before };
}
