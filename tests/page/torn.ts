/** Faults of the GPU that a test causes on purpose, and what memory is taken. */
import type { Page } from '@playwright/test';

/** Bytes of GPU memory that the page holds. */
export const gpuBytes = (page: Page): Promise<number> =>
  page.evaluate(
    () => (document.querySelector('diffuscope-app') as unknown as { gpu: { bytes: number } }).gpu.bytes,
  );

/** The next time that something is bound to a canvas, or a canvas configured, it throws “the canvas is torn”. */
export const tear = (
  page: Page,
  prototype: 'GPUDevice' | 'GPUCanvasContext',
  method: 'createBindGroup' | 'configure',
): Promise<void> =>
  page.evaluate(
    ([prototype, method]) => {
      const { prototype: owner } = (window as unknown as Record<string, { prototype: object }>)[
        prototype
      ] as { prototype: Record<string, (descriptor: { label?: string }) => unknown> };
      const real = owner[method] as (descriptor: { label?: string }) => unknown;
      owner[method] = function (descriptor) {
        // Passes are bound by groups of many names; the painters' alone is that of the canvas.
        if (method === 'createBindGroup' && descriptor.label !== 'show') return real.call(this, descriptor);
        owner[method] = real;
        throw new Error('the canvas is torn');
      };
    },
    [prototype, method] as const,
  );
