/** The steps from noise to picture. */
import { recipeLevels } from '../../diffusion/recipe.ts';
import { ddim } from '../../diffusion/samplers/ddim.ts';
import { type Level, ratio, type Step } from '../../diffusion/step.ts';
import type { Wanted } from './wanted.ts';

/** Only DDIM is there for the first frame. @throws RangeError for levels that the sampler cannot take. */
export async function stepsOf({
  sampler,
  steps,
  eta,
}: Pick<Wanted, 'sampler' | 'steps' | 'eta'>): Promise<Step[]> {
  const levels = recipeLevels(steps);
  if (sampler === 'ddim') return ddim({ eta })(levels);
  const { samplers } = await import('../../diffusion/samplers/list.ts');
  return samplers[sampler].make()(levels);
}

/** The levels from state `p` on, each with less noise than the one before: methods of two stages look at some twice. */
export function fallingFrom(levels: readonly Level[], p: number): Level[] {
  const falling: Level[] = [];
  for (const level of levels.slice(p)) {
    const before = falling.at(-1);
    if (!before || ratio(level) < ratio(before)) falling.push(level);
  }
  return falling;
}

/** Steps with as much new noise as the exact chain has: η = 1. */
export const ancestral = (levels: readonly Level[]): Step[] => ddim({ eta: 1 })(levels);
