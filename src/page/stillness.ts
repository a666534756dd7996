/** Whether the visitor asks for nothing to move by itself. */
export const stillness = matchMedia('(prefers-reduced-motion: reduce)');
