import { expect, test } from '@playwright/test';
import type { Denoiser } from '../../src/denoisers/denoiser.ts';
import { chain, generationPath, lastPosition, path, type Start } from '../../src/diffusion/path.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { LinearGaussian } from '../../src/passes/process/linear-gaussian.ts';
import { Checkpoints } from '../../src/trajectory/checkpoints.ts';
import { Cursor } from '../../src/trajectory/cursor.ts';

const T = 10;
const last = lastPosition(chain(T));

/** What a cursor encodes on its way to `p`, at most `most` steps, without a GPU. */
function walk(p: number, most: number, { constant, start }: { constant: boolean; start: Start }) {
  const encoded: [string, number][] = [];
  const note = (name: string) => ({
    encode: (_: GPUComputePassEncoder, p: number) => void encoded.push([name, p]),
  });
  const cursor = new Cursor(
    {} as GPUBuffer,
    note('load') as LinearGaussian,
    note('step') as LinearGaussian,
    { ...note('denoise'), constant } as unknown as Denoiser,
    path(cosine(T), 1, start),
    new Checkpoints([]),
  );
  cursor.advance({} as GPUQueue, {} as GPUComputePassEncoder, p, most);
  return encoded;
}

const range = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);

for (const constant of [true, false]) {
  test(`x_0 is loaded, the way there asks no denoiser, the way back asks at every step: ${constant}`, () => {
    expect(walk(last, 100, { constant, start: 'forward' })).toEqual([
      ['load', 0],
      ...range(1, T + 2).map((p) => ['step', p]),
      ...range(T + 2, last + 1).flatMap((p) => [
        ['denoise', p - 1],
        ['step', p],
      ]),
    ]);
  });
}

test('the last state needs no past where x̂_0 does not', () => {
  const encoded = walk(last, 1, { constant: true, start: 'forward' });
  expect(encoded).toEqual([
    ['denoise', last - 1],
    ['step', last],
  ]);
});

test('it needs all of it where x̂_0 depends on x_t; only fresh noise needs none', () => {
  expect(walk(last, 1, { constant: false, start: 'forward' })).toEqual([['load', 0]]);
  expect(walk(last, 1, { constant: false, start: 'fresh' })).toEqual([['step', T + 1]]);
});

test('a state that is given is uploaded, even where the goal is near', () => {
  const encoded: number[] = [];
  const uploaded: unknown[] = [];
  const step = { encode: (_: GPUComputePassEncoder, p: number) => void encoded.push(p) };
  const checkpoints = new Checkpoints([0]);
  const given = new Float32Array(1);
  checkpoints.save(0, given);
  const levels = [0.9, 0.5, 0].map((sigma, i) => ({ alpha: Math.sqrt(1 - sigma ** 2), sigma, t: 2 - i }));
  const cursor = new Cursor(
    {} as GPUBuffer,
    step,
    step,
    { encode: () => {}, constant: false } as unknown as Denoiser,
    generationPath({ seed: 1, start: 'given' }, ddim()(levels)),
    checkpoints,
  );
  const queue = {
    writeBuffer: (...[, , state]: unknown[]) => void uploaded.push(state),
  } as unknown as GPUQueue;
  expect(cursor.advance(queue, {} as GPUComputePassEncoder, 0, 5)).toBe(0);
  expect(uploaded).toEqual([given]);
  cursor.advance(queue, {} as GPUComputePassEncoder, 2, 5);
  expect(encoded).toEqual([1, 2]);
});
