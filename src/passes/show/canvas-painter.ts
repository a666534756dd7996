/** Paints the whole of a canvas with one full-screen triangle, from one uniform and one buffer. */
import { bindGroup, type Compiled } from '../../gpu/pipeline.ts';

/** Who painted a canvas last. */
const painters = new WeakMap<HTMLCanvasElement, CanvasPainter>();

export interface PaintedCanvas {
  readonly canvas: HTMLCanvasElement;
  /** Pixels it is to have; as it is where absent. */
  readonly size?: { readonly w: number; readonly h: number };
  readonly alphaMode: GPUCanvasAlphaMode;
}

export abstract class CanvasPainter {
  readonly #painted: PaintedCanvas;
  readonly #context: GPUCanvasContext;
  readonly #group: GPUBindGroup;

  /**
   * `compiled` paints in the format that this system's canvases prefer; `spec` is released with the painter. The canvas
   * keeps what it shows until the first `encode`.
   */
  protected constructor(
    readonly compiled: Compiled<GPURenderPipeline>,
    painted: PaintedCanvas,
    readonly spec: GPUBuffer,
    data: GPUBuffer,
  ) {
    this.#painted = painted;
    this.#context = painted.canvas.getContext('webgpu') as GPUCanvasContext;
    this.#group = bindGroup(compiled, [spec, data]);
  }

  encode(encoder: GPUCommandEncoder): void {
    this.#claim();
    const view = this.#context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(this.compiled.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.draw(3);
    pass.end();
  }

  release(): void {
    this.compiled.gpu.release(this.spec);
  }

  /** Takes the canvas from whoever painted it before, which empties it. */
  #claim(): void {
    const { canvas, size, alphaMode } = this.#painted;
    if (painters.get(canvas) === this) return;
    const format = navigator.gpu.getPreferredCanvasFormat();
    this.#context.configure({ device: this.compiled.gpu.device, format, alphaMode });
    if (size) Object.assign(canvas, { width: size.w, height: size.h });
    painters.set(canvas, this);
  }
}
