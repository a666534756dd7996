/** Simplified Chinese: what it is called, and where the words of each area are. */
import type { Language } from '../areas.ts';

export const zh = {
  code: 'zh-Hans',
  name: '中文',
  areas: {
    page: () => import('./page.ts'),
    generate: () => import('./generate.ts'),
    codeLength: () => import('./code-length.ts'),
    single: () => import('./single.ts'),
    samplers: () => import('./samplers.ts'),
    sets: () => import('./sets.ts'),
    compare: () => import('./compare.ts'),
    theorem: () => import('./theorem.ts'),
    derivation: () => import('./derivation.ts'),
    faces: () => import('./faces.ts'),
    emoji: () => import('./emoji.ts'),
  },
} satisfies Language;
