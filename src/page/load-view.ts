/** The code of a view, when it is first opened. */
import type { View } from './views.ts';

export const loadView: Record<View, () => Promise<unknown>> = {
  run: () => Promise.resolve(),
  theorem: () => import('./theorem.ts'),
  derivation: () => import('./derivation.ts'),
  compare: () => import('./compare/view.ts'),
};
