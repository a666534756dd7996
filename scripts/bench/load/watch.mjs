/** Runs in the page before its own code: when it asked the browser for what a GPU needs, and when that was there. */
export function watchLoad() {
  const load = { events: [] };
  Object.defineProperty(window, 'load', { value: load });
  const timed = (prototype, name, kind) => {
    const method = prototype[name];
    prototype[name] = function (...given) {
      const begun = performance.now();
      const note = () =>
        load.events.push({ kind, label: given[0]?.label ?? '', begun, done: performance.now() });
      const result = method.apply(this, given);
      if (typeof result?.then === 'function') result.then(note, note);
      else note();
      return result;
    };
  };
  timed(GPU.prototype, 'requestAdapter', 'adapter');
  timed(GPUAdapter.prototype, 'requestDevice', 'device');
  timed(GPUDevice.prototype, 'createComputePipelineAsync', 'pipeline');
  timed(GPUDevice.prototype, 'createRenderPipelineAsync', 'pipeline');
  timed(GPUDevice.prototype, 'createShaderModule', 'module');
  timed(GPUQueue.prototype, 'submit', 'submit');
}
