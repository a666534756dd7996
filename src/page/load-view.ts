/** The code of a view, when it is first opened. */
import type { View } from './views.ts';

const run = () => import('./run-room.ts');

export const loadView: Record<View, () => Promise<unknown>> = {
  generate: () => import('./generate/view.ts'),
  single: () => import('./single/view.ts'),
  run,
  theorem: () => Promise.all([run(), import('./theorem.ts')]),
  derivation: () => Promise.all([run(), import('./derivation.ts')]),
  compare: () => Promise.all([run(), import('./compare/view.ts')]),
};
