/** Takes the runs of a comparison along their stops, by hand or by itself. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Action } from '../keys.ts';
import type { Runs, Shown } from './runs.ts';

/** Milliseconds between stops, and over the whole way, while it plays. */
const STOP_MS = 500;
const WAY_MS = 8000;

export class Player implements ReactiveController {
  /** What is played; whoever gave them releases them. */
  runs: Runs | undefined;
  /** The states that are there. */
  shown: Shown | undefined;
  playing = false;
  /** Where the scrubber is; at first behind the end of any runs. */
  #stop = Number.POSITIVE_INFINITY;
  #timer = 0;

  constructor(readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Out of sight it plays nothing. */
  hostDisconnected(): void {
    this.#pause();
    this.runs = undefined;
  }

  get last(): number {
    return this.runs?.last ?? Number.NaN;
  }

  get stop(): number {
    return Math.min(this.#stop, this.last);
  }

  /** Where other runs are as far along as these. */
  stopIn(runs: Runs): number {
    return Math.round((this.runs ? this.stop / this.last : 1) * runs.last);
  }

  /** Other runs, with the states of theirs that are there already. */
  play(runs: Runs, shown: Shown): void {
    const stop = this.stopIn(runs);
    this.runs = runs;
    this.shown = shown;
    this.#go(stop);
  }

  /** By hand. */
  scrub(stop: number): void {
    this.#pause();
    this.#go(stop);
  }

  toggle(): void {
    if (!this.runs) return;
    if (this.playing) {
      this.#pause();
      return;
    }
    if (this.stop === this.last) this.#go(0);
    this.playing = true;
    this.#timer = window.setInterval(() => this.#tick(), Math.min(STOP_MS, WAY_MS / this.last));
    this.host.requestUpdate();
  }

  /** Does what a key asks for, if it concerns these runs. */
  act(action: Action): boolean {
    switch (action.do) {
      case 'toggle':
        this.toggle();
        return true;
      case 'step':
        this.scrub(this.stop + action.n * (action.far ? Math.ceil(this.last / 10) : 1));
        return true;
      case 'start':
        this.scrub(0);
        return true;
      case 'end':
        this.scrub(this.last);
        return true;
      default:
        return false;
    }
  }

  #go(stop: number): void {
    const { runs } = this;
    if (!runs) return;
    this.#stop = Math.max(0, Math.min(stop, runs.last));
    this.host.requestUpdate();
    if (this.shown?.runs === runs && this.shown.stop === this.#stop) return;
    void runs.go(this.#stop, (shown) => {
      if (runs !== this.runs) return;
      this.shown = shown;
      this.host.requestUpdate();
    });
  }

  /** One stop on, once the last one asked for is there. */
  #tick(): void {
    if (this.shown?.runs !== this.runs || this.shown?.stop !== this.stop) return;
    if (this.stop >= this.last) this.#pause();
    else this.#go(this.stop + 1);
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.playing = false;
    this.host.requestUpdate();
  }
}
