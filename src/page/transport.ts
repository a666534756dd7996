/** The buttons that take a run along: a step back, play or pause, a step on. */
import { html } from 'lit';
import type { Text } from './text/areas.ts';

export interface Transport {
  readonly text: Text;
  readonly playing: boolean;
  /** Whether there is nothing to play. */
  readonly disabled?: boolean;
  /** Steps to go, −1 or 1. */
  readonly step: (n: number) => void;
  readonly toggle: () => void;
}

export function transport({ text, playing, disabled = false, step, toggle }: Transport) {
  const play = playing ? text.pause : text.play;
  return html`
    <div class="transport">
      <button class="icon" @click=${() => step(-1)} aria-label=${text.back} title="${text.back} (←)">◂</button>
      <button class="play" @click=${toggle} aria-label=${play} title="${play} (space)" ?disabled=${disabled}>
        ${playing ? '❚❚' : '▶'}
      </button>
      <button class="icon" @click=${() => step(1)} aria-label=${text.ahead} title="${text.ahead} (→)">▸</button>
    </div>
  `;
}
