/** The code and the words of a view, when it is first opened. */
import { fetchWords } from './text/language.ts';
import { areasOf, type View } from './views.ts';

const run = () => import('./run-room.ts');

const code: Record<View, () => Promise<unknown>> = {
  generate: () => import('./generate/view.ts'),
  single: () => import('./single/view.ts'),
  run,
  theorem: () => Promise.all([run(), import('./theorem.ts')]),
  derivation: () => Promise.all([run(), import('./derivation.ts')]),
  compare: () => Promise.all([run(), import('./compare/view.ts')]),
};

export const loadView = (view: View): Promise<unknown> =>
  Promise.all([code[view](), fetchWords(areasOf[view])]);
