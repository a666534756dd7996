/** The visitor's own pictures: chosen, dropped, or in a ZIP. Sends `added` with the new set's id. */
import { html, nothing } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import type { SetsText } from '../text/areas.ts';
import type { Fit } from './crop.ts';
import { chosenFiles, commonTitle, droppedFiles, type Files } from './dropped.ts';
import { LIMITS, type Side, type Skipped, takeSet } from './intake.ts';
import { type KeepFault, own } from './own.ts';
import { setWords } from './words.ts';

type Say = (words: SetsText) => string;

interface Outcome {
  readonly say: Say;
  readonly skipped: readonly Skipped[];
  readonly fault?: KeepFault | undefined;
}

/** Names beyond this many are only counted. */
const LISTED = 100;

export class AddSet extends PageElement {
  static override properties = {
    ...PageElement.properties,
    side: { state: true },
    fit: { state: true },
    doing: { state: true },
    outcome: { state: true },
    over: { state: true },
  };
  declare side: Side;
  declare fit: Fit;
  /** What is going on, while something is. */
  declare doing: Say | undefined;
  declare outcome: Outcome | undefined;
  /** Whether files are held over the drop zone. */
  declare over: boolean;
  #stop: AbortController | undefined;

  constructor() {
    super();
    this.side = 32;
    this.fit = 'crop';
    this.over = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  protected override render() {
    const words = setWords(this.text);
    const busy = this.doing !== undefined;
    return html`
      <h3>${words.own}</h3>
      <div
        class="drop ${this.over ? 'over' : ''}"
        @dragover=${this.#hovered}
        @dragleave=${() => {
          this.over = false;
        }}
        @drop=${this.#dropped}
      >
        ${words.drop}
        <button class="link" ?disabled=${busy} @click=${() => this.#browse('.files')}>${words.files}</button> ·
        <button class="link" ?disabled=${busy} @click=${() => this.#browse('.folder')}>${words.folder}</button>
        <input class="files" type="file" multiple hidden accept="image/*,.svg,.zip,application/zip" aria-label=${words.files} @change=${this.#chosen} />
        <input class="folder" type="file" webkitdirectory hidden aria-label=${words.folder} @change=${this.#chosen} />
      </div>
      <div class="pair fields">
        <label>
          <span>${words.side}</span>
          <select .value=${String(this.side)} ?disabled=${busy} @change=${this.#sized}>
            <option value="32">32 × 32</option>
            <option value="64">64 × 64</option>
          </select>
        </label>
        <label>
          <span>${words.fit}</span>
          <select .value=${this.fit} ?disabled=${busy} @change=${this.#fitted}>
            ${map(['crop', 'pad'] as const, (fit) => html`<option value=${fit}>${words.fits[fit]}</option>`)}
          </select>
        </label>
      </div>
      <p class="hint">${words.limits(LIMITS.images[this.side], LIMITS.fileMiB, LIMITS.zipMiB)}</p>
      <div class="going" ?hidden=${!busy}>
        <progress aria-label=${words.own}></progress>
        <button @click=${() => this.#stop?.abort()}>${words.cancel}</button>
      </div>
      <p class="news" role="status">${this.doing?.(words) ?? this.outcome?.say(words)}</p>
      ${this.outcome && !busy ? this.#aftermath(this.outcome, words) : nothing}
    `;
  }

  #aftermath({ skipped, fault }: Outcome, words: SetsText) {
    return html`
      ${fault ? html`<p class="warning" role="alert">${words.unkept[fault]}</p>` : nothing}
      ${
        skipped.length > 0
          ? html`<details class="skipped">
              <summary>${words.skippedFiles(skipped.length)}</summary>
              <ul>
                ${map(skipped.slice(0, LISTED), ({ path, fault }) => html`<li><b>${path}</b>: ${words.faults[fault]}</li>`)}
                ${skipped.length > LISTED ? html`<li>${words.more(skipped.length - LISTED)}</li>` : nothing}
              </ul>
            </details>`
          : nothing
      }
    `;
  }

  #browse(input: string): void {
    this.querySelector<HTMLInputElement>(input)?.click();
  }

  #sized(event: Event): void {
    this.side = Number((event.target as HTMLSelectElement).value) as Side;
  }

  #fitted(event: Event): void {
    this.fit = (event.target as HTMLSelectElement).value as Fit;
  }

  #hovered(event: DragEvent): void {
    // The page would take a picture dropped here for its source.
    event.preventDefault();
    this.over = true;
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    if (event.dataTransfer && !this.doing) void this.#take(droppedFiles(event.dataTransfer));
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = input.files ? chosenFiles(input.files) : undefined;
    // The same files chosen twice are a change, too.
    input.value = '';
    if (files) void this.#take(files);
  }

  async #take(files: Files): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.outcome = undefined;
    this.doing = (words) => words.progress(0, 0);
    try {
      this.outcome = await this.#made(files, stop.signal);
    } catch (error) {
      const say: Say = stop.signal.aborted
        ? (words) => words.cancelled
        : (words) => words.failed(error instanceof Error ? error.message : String(error));
      this.outcome = { say, skipped: [] };
    } finally {
      this.doing = undefined;
    }
  }

  async #made(files: Files, signal: AbortSignal): Promise<Outcome> {
    const progress = (taken: number, skipped: number) => {
      this.doing = (words) => words.progress(taken, skipped);
    };
    const { images, names, skipped } = await takeSet(files, {
      side: this.side,
      fit: this.fit,
      signal,
      progress,
    });
    if (names.length === 0)
      return { say: (words) => (skipped.length > 0 ? words.none : words.nothing), skipped };
    this.doing = (words) => words.keeping;
    const title = commonTitle(names) ?? setWords(this.text).untitled;
    const { id, fault } = await own.add(title, images, names);
    this.send('added', id);
    return { say: (words) => words.added(title, names.length), skipped, fault };
  }
}
customElements.define('diffuscope-add-set', AddSet);
