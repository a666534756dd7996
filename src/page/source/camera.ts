/** The camera, or a reason why not. */

export type CameraFault = 'camera-denied' | 'camera-missing' | 'camera-busy' | 'camera-unsupported';

export class CameraError extends Error {
  constructor(readonly fault: CameraFault) {
    super(fault);
    this.name = 'CameraError';
  }
}

const faults: Record<string, CameraFault> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-missing',
  OverconstrainedError: 'camera-missing',
  NotReadableError: 'camera-busy',
  AbortError: 'camera-busy',
};

/** A playing video of the camera that faces the visitor. @throws CameraError */
export async function openCamera(): Promise<HTMLVideoElement> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError('camera-unsupported');
  try {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' },
    });
    await video.play();
    return video;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new CameraError(faults[name] ?? 'camera-busy');
  }
}

export function closeCamera(video: HTMLVideoElement): void {
  for (const track of (video.srcObject as MediaStream).getTracks()) track.stop();
  video.srcObject = null;
}
