/** One job for all: x' = a·x + b·x_0 + s·z, a step after the other, with weights of its own for every step. */
import type { Gpu } from '../../../src/gpu/device.ts';

export interface Job {
  /** Of x and x_0, in values. */
  readonly shape: readonly [number, number, number];
  readonly x: Float32Array<ArrayBuffer>;
  readonly x0: Float32Array<ArrayBuffer>;
  /** One for every step. */
  readonly weights: readonly { readonly a: number; readonly b: number; readonly s: number }[];
}

export interface Runner {
  /** Takes all steps from the job's x on, and waits for the GPU; the state stays there. Resolves to the milliseconds. */
  run(): Promise<number>;
  /** The state. */
  read(): Promise<ArrayLike<number>>;
  release(): void;
}

export interface Peer {
  readonly name: string;
  /** What its normals are, and where they are made. */
  readonly draws: string;
  /** @throws Error where it cannot run here. */
  make(gpu: Gpu, job: Job, noise: boolean): Promise<Runner>;
}

/** Milliseconds from before `take` until the queue is empty. */
export async function timed(queue: GPUQueue, take: () => void | Promise<void>): Promise<number> {
  await queue.onSubmittedWorkDone();
  const begun = performance.now();
  await take();
  await queue.onSubmittedWorkDone();
  return performance.now() - begun;
}
