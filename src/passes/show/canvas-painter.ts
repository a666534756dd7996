/** Paints the whole of a canvas with one full-screen triangle, from one uniform and one buffer. */
import type { Gpu } from '../../gpu/device.ts';
import { bindGroup } from '../../gpu/pipeline.ts';

export abstract class CanvasPainter {
  readonly #context: GPUCanvasContext;
  readonly #group: GPUBindGroup;

  /** `pipeline` paints in the format that this system's canvases prefer; `spec` is released with the painter. */
  protected constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPURenderPipeline,
    canvas: HTMLCanvasElement,
    alphaMode: GPUCanvasAlphaMode,
    readonly spec: GPUBuffer,
    data: GPUBuffer,
  ) {
    this.#context = canvas.getContext('webgpu') as GPUCanvasContext;
    const format = navigator.gpu.getPreferredCanvasFormat();
    this.#context.configure({ device: gpu.device, format, alphaMode });
    this.#group = bindGroup(gpu, pipeline, [{ buffer: spec }, { buffer: data }]);
  }

  encode(encoder: GPUCommandEncoder): void {
    const view = this.#context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.draw(3);
    pass.end();
  }

  release(): void {
    this.gpu.release(this.spec);
  }
}
