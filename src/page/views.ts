/** The page's views: the run, and two that explain it. Those come when they are first opened. */
export const views = ['run', 'theorem', 'derivation'] as const;
export type View = (typeof views)[number];

export const loadView: Record<View, () => Promise<unknown>> = {
  run: () => Promise.resolve(),
  theorem: () => import('./theorem.ts'),
  derivation: () => import('./derivation.ts'),
};
