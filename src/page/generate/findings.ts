/** What is found out about a batch while it is shown: how new it is, how branches end, what an image is becoming. */
import type { Became } from '../../trajectory/becoming.ts';
import type { Nearest } from '../../trajectory/nearest.ts';
import type { Decision } from './branches.ts';
import { meanDistance, spreadOf } from './novelty.ts';
import type { Studio } from './studio.ts';

/** Every image of a set is compared with every other where there are no more of them. */
const SPREAD_MOST = 400;

export class Findings {
  /** Of every sample of the wall; undefined until measured. */
  novelty: readonly Nearest[] | undefined;
  /** The mean distance of the samples from each other; NaN until measured. */
  apart = Number.NaN;
  /** Likewise of the set's images from the nearest other one; NaN for a large set. */
  spread = Number.NaN;
  /** Of the sample on the stage: how far its branches came apart, by the step that they left from. */
  decisions: readonly Decision[] = [];
  /** What the noise on the stage is becoming, where the denoiser is the ideal one. */
  became: Became | undefined;
  /** In bits, by position. */
  readonly entropies = new Map<number, number>();
  #measuring = false;
  /** The branches whose distance is known or on its way. */
  #decided: object | undefined;
  /** The studio that all this is about. */
  #studio: Studio | undefined;

  constructor(readonly onChange: () => void) {}

  /** Of another batch nothing is known. */
  forget(): void {
    this.#studio = undefined;
    this.novelty = undefined;
    this.apart = Number.NaN;
    this.spread = Number.NaN;
    this.stageAnew();
  }

  /** What was seen of a sample on the stage belongs to that one. */
  stageAnew(): void {
    this.decisions = [];
    this.became = undefined;
    this.entropies.clear();
  }

  becoming(became: Became): void {
    this.entropies.set(became.p, became.entropy);
    this.became = became;
    this.onChange();
  }

  /** Measures what can be by now, and has not been. */
  async of(studio: Studio): Promise<void> {
    this.#studio = studio;
    try {
      if (studio.done && !this.novelty) await this.#measure(studio);
      if (studio.branched) await this.#decide(studio);
    } catch (error) {
      // Sent elsewhere meanwhile: there will be another time.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  /** How far every sample is from the set, and from the others. */
  async #measure(studio: Studio): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      const { set, wall } = studio;
      const samples = await wall.read(studio.last);
      const { nearest } = await import('../../trajectory/nearest.ts');
      const novelty = await nearest(studio.gpu, samples, wall.options.shape, set, wall.prepared);
      if (studio !== this.#studio) return;
      const { n, c, h, w } = set.shape;
      this.spread = n <= SPREAD_MOST ? spreadOf(set) : Number.NaN;
      this.apart = meanDistance(samples, c * h * w);
      this.novelty = novelty;
      this.onChange();
    } finally {
      this.#measuring = false;
    }
  }

  /** How far the branches have come apart. */
  async #decide(studio: Studio): Promise<void> {
    const { branches, branchedAt: step, sample } = studio;
    if (!branches || this.#decided === branches) return;
    this.#decided = branches;
    const { c, h, w } = studio.set.shape;
    const ends = await branches.read(branches.last);
    if (studio !== this.#studio || sample !== studio.sample) return;
    const decision = { step, distance: meanDistance(ends, c * h * w) };
    this.decisions = [...this.decisions.filter((other) => other.step !== step), decision];
    this.onChange();
  }
}
