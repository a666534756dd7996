import type { Gpu } from '../../src/gpu/device.ts';
import { gpuMilliseconds } from './timer.ts';

export type Encode = (pass: GPUComputePassEncoder) => void;

/** What a timing should last at least, so that the clock's grain and a submission's cost are little of it. */
const ENOUGH_MS = 20;
const MOST_REPEATS = 200;

/** Milliseconds of each in every one of the rounds, in which they take turns. */
export async function takeTurns(gpu: Gpu, all: readonly Encode[], rounds: number): Promise<number[][]> {
  const timed = async (encode: Encode, repeats: number) => {
    const ms = await gpuMilliseconds(gpu, (pass) => {
      for (let k = 0; k < repeats; k++) encode(pass);
    });
    return ms / repeats;
  };
  const runs: { encode: Encode; repeats: number; times: number[] }[] = [];
  for (const encode of all) {
    await timed(encode, 1);
    const repeats = Math.min(Math.max(Math.ceil(ENOUGH_MS / (await timed(encode, 1))), 1), MOST_REPEATS);
    runs.push({ encode, repeats, times: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const { encode, repeats, times } of runs) times.push(await timed(encode, repeats));
  return runs.map(({ times }) => times);
}
