/** What the view that compares samplers says, in English. */
export const words = {
  title: 'Samplers side by side',
  lead: 'Every run begins with the same noise and uses the same denoiser; only the sampler differs. The data is Gaussian: the source picture with independent grain. Its exact denoiser is known, so every difference here comes from the samplers.',
  badge: 'exact for picture + grain',
  badgeMeaning:
    'The denoiser is the exact posterior mean for data N(source picture, deviation² I). Nothing is trained: it makes the source picture with new grain.',
  steps: 'Steps',
  deviation: 'Grain, deviation',
  difference: 'Difference from',
  references: { first: 'the first run', exact: 'the exact solution' },
  sign: 'Shown',
  signs: { signed: 'signed', absolute: 'absolute' },
  gain: 'Amplified',
  times: (gain: number) => `× ${gain}`,
  sampler: (column: number) => `Sampler ${column}`,
  add: 'Add a run',
  remove: (name: string) => `Remove ${name}`,
  state: (name: string, t: string) => `${name}: x at t = ${t}`,
  differenceFrom: (name: string, reference: string, absolute: boolean) =>
    absolute ? `|${name} − ${reference}|` : `${name} − ${reference}`,
  exactPicture: 'the exact solution of the ODE from the same noise',
  rms: (value: string) => `RMS ${value}`,
  spread: (measured: string, exact: string) => `grain and noise ${measured}, exactly ${exact}`,
  lawError: (value: string) => `error of the deviation ${value}`,
  pathError: (value: string) => `error against the exact solution ${value}`,
  evaluations: (count: number) => (count === 1 ? '1 evaluation' : `${count} evaluations`),
  scrubber: 'noise level',
  where: (stop: number, of: number, t: string, snr: string) =>
    `level ${stop} of ${of} · t = ${t} · SNR ${snr}`,
  clean: 'infinite',
  waiting: 'Making the runs…',
  noGpu: 'The pictures need WebGPU, which this browser lacks; the plot below does not.',
  badValue: (text: string, steps: number) =>
    `“${text}” is not valid: use 1 to ${steps} steps, and a deviation in (0, 1]. Nothing was changed.`,
  tableOf: 'Rows of',
  scalarNoise:
    'There are no samplers for noise that is correlated between channels; here every channel has independent noise.',
};
