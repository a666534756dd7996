/** The one GPU that all views share, and getting it back when it is lost. */
import { type Gpu, requestGpu } from '../gpu/device.ts';

export interface DeviceEvents {
  lost(): void;
  /** Another device; nothing of the one before is on it. */
  back(gpu: Gpu): void;
  /** A GPU error that nothing else caught. */
  failed(message: string): void;
}

/** Pauses between attempts to get a lost device back, in milliseconds. */
const RETRIES = [0, 500, 2000, 5000];

async function again(): Promise<Gpu> {
  for (const pause of RETRIES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      return await requestGpu();
    } catch {}
  }
  return requestGpu();
}

/** Tells of this device's errors, and of every other that takes its place. */
export function watchDevice(gpu: Gpu, events: DeviceEvents): void {
  gpu.onError = (message) => events.failed(message);
  void gpu.lost.then(async () => {
    events.lost();
    const next = await again();
    watchDevice(next, events);
    events.back(next);
  });
}
