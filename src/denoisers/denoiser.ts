/** Anything that answers "x_t, t → x̂_0" on the GPU, without reading back. */
export interface Denoiser {
  /** What runs, for the badge that every canvas wears. */
  readonly name: 'oracle' | 'blurred-oracle';
  /** Whether the answer is the same for every x_t, so that it need be neither computed nor painted again. */
  readonly constant: boolean;
  /** The answer, in the state's shape. */
  readonly x0Hat: GPUBuffer;
  /** Encodes what turns the present x_t into `x0Hat`, for the step that makes state `p` of the path. */
  encode(pass: GPUComputePassEncoder, p: number): void;
  release(): void;
}
