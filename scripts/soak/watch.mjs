// What a soak watches in the page, and what it counts there.

/** Runs in the page before its own code: frames that came late, the device that it was given last, and what that holds. */
export function watchPage() {
  const soak = {
    doing: 'opening',
    last: 0,
    gaps: [],
    frames: 0,
    device: undefined,
    devices: 0,
    held: new Set(),
  };
  Object.defineProperty(window, 'soak', { value: soak });

  const frame = (now) => {
    // Shorter ones are of no interest.
    if (soak.last > 0 && now - soak.last > 100) soak.gaps.push({ ms: now - soak.last, doing: soak.doing });
    soak.last = now;
    soak.frames++;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    // To hold on to a device that is lost would be a leak of the soak's own.
    soak.device = device;
    soak.devices++;
    soak.held.clear();
    return device;
  };
  // The buffers that are held, by a count that is not the page's own.
  const known = new WeakMap();
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    if (this !== soak.device) return buffer;
    const { label, size } = descriptor;
    const held = { label, size };
    known.set(buffer, held);
    soak.held.add(held);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    soak.held.delete(known.get(this));
    return destroy.call(this);
  };
}

/** The buffers of the page's present device: how many of each label and size. */
export const buffersHeld = (page) =>
  page.evaluate(() => {
    const counts = {};
    for (const { label, size } of window.soak.held) {
      counts[`${label}, ${size} bytes`] = (counts[`${label}, ${size} bytes`] ?? 0) + 1;
    }
    return counts;
  });

/** Counts what the page keeps, garbage collected. */
export async function census(page, cdp) {
  // What is collected may let go of more.
  for (let k = 0; k < 3; k++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name) => metrics.find((one) => one.name === name).value;
  const gpu = await page.evaluate(() => {
    const { gpu } = document.querySelector('diffuscope-app');
    return {
      'GPU bytes, the page’s count': gpu.bytes,
      'GPU bytes of buffers': [...window.soak.held].reduce((sum, { size }) => sum + size, 0),
    };
  });
  return {
    ...gpu,
    'event listeners': metric('JSEventListeners'),
    nodes: metric('Nodes'),
    'heap bytes': metric('JSHeapUsedSize'),
  };
}
