/** What the measurement of code lengths says, in English. */
export const words = {
  title: 'As few bits as possible',
  meaning:
    'A denoiser is a code: its variational bound is how many bits an image takes in it. For one of N equally likely images no code needs fewer than log₂ N bits, and the ideal denoiser’s comes down to just that as the steps T grow finer: it encodes which image it is, and nothing else.',
  data: (n: number, side: number, of: number) =>
    `Measured with ${n} images out of the ${of} of this set, shrunk to ${side} × ${side} pixels of 8-bit values so that thousands of steps stay quick; images that are alike then count once. Linear log-SNR, γ from −18 to 14, VDM’s decoder, noise drawn anew at every step.`,
  measure: 'Measure',
  stop: 'Stop',
  measuring: (T: number) => `Measuring at T = ${T}…`,
  plot: (n: number) => `Bits an image against T, and the line log₂ ${n}`,
  bits: 'bound, bits an image',
  limit: (n: number, bits: string) => `log₂ ${n} = ${bits}`,
  steps: 'T',
  result: 'bits',
  above: 'above log₂ N',
  failed: (reason: string) => `The measurement failed: ${reason}.`,
};
