/** One full-screen triangle over the whole of `target`. */
export function paint(
  encoder: GPUCommandEncoder,
  target: GPUTexture,
  pipeline: GPURenderPipeline,
  group: GPUBindGroup,
): void {
  const pass = encoder.beginRenderPass({
    colorAttachments: [{ view: target.createView(), loadOp: 'clear', storeOp: 'store' }],
  });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.draw(3);
  pass.end();
}
