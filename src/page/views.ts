/** The page's views: the run, two that explain it, and one that compares samplers. `load-view.ts` brings their code. */
export const views = ['run', 'theorem', 'derivation', 'compare'] as const;
export type View = (typeof views)[number];
