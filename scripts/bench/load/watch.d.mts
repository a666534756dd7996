/** What a page asked the browser for, and when that was there; the latter in milliseconds since the page began. */
export interface Asked {
  readonly kind: 'adapter' | 'device' | 'module' | 'pipeline' | 'submit';
  readonly label: string;
  readonly begun: number;
  readonly done: number;
}

/** For `addInitScript`; leaves `window.load.events`. */
export function watchLoad(): void;

declare global {
  interface Window {
    load: { events: Asked[] };
  }
}
