/**
 * The page's views: two that generate, from a set and from one picture, and the run there and back with two that explain
 * it and one that compares samplers. `load-view.ts` brings their code.
 */
import type { Area } from './text/areas.ts';

export const views = ['generate', 'single', 'run', 'theorem', 'derivation', 'compare'] as const;
export type View = (typeof views)[number];

/** The words that a view needs at once, besides the page's own. */
export const areasOf = {
  generate: ['generate'],
  single: ['single'],
  run: ['samplers'],
  theorem: ['theorem'],
  derivation: ['derivation'],
  compare: ['compare', 'samplers'],
} as const satisfies Record<View, readonly Area[]>;

/** Whether a view is one of the run's: these share it, and one way of writing links. */
export const isOfRun = (view: View): view is 'run' | 'theorem' | 'derivation' | 'compare' =>
  view !== 'generate' && view !== 'single';

/**
 * The view that a link opens. None at all opens the first; one that names no view is a run's, as links were while there
 * was nothing else.
 */
export function viewOf(hash: string): View {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  if (given.size === 0) return 'generate';
  return views.find((view) => view === given.get('view')) ?? 'run';
}
