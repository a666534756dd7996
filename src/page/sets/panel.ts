/** Which set of images: chosen, previewed, added, deleted. Sends `set` with the id that is asked for. */
import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import type { SetsText } from '../text/areas.ts';
import './add-set.ts';
import { builtIn, entryOf, FIRST, loadSet, removeSet } from './list.ts';
import './mosaic.ts';
import type { NamedSet, SetEntry } from './named-set.ts';
import { own } from './own.ts';
import './sets.css';
import { setWords, titleOf } from './words.ts';

const GROUPS = ['emoji', 'glyphs', 'shapes', 'own'] as const;

export class SetPanel extends PageElement {
  static override areas = ['sets'] as const;
  static override properties = {
    ...PageElement.properties,
    chosen: {},
    set: { state: true },
    fault: { state: true },
    asking: { state: true },
    news: { state: true },
  };
  /** The id of the set in use. */
  declare chosen: string;
  /** The chosen set, once it is loaded. */
  declare set: NamedSet | undefined;
  /** Why it cannot be. */
  declare fault: string | undefined;
  /** Whether it is really to be deleted. */
  declare asking: boolean;
  declare news: ((words: SetsText) => string) | undefined;
  readonly #relist = () => this.requestUpdate();

  constructor() {
    super();
    this.chosen = FIRST;
    this.asking = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    own.addEventListener('change', this.#relist);
    void own.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    own.removeEventListener('change', this.#relist);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('chosen')) void this.#load(this.chosen);
  }

  async #load(id: string): Promise<void> {
    this.set = undefined;
    this.fault = undefined;
    this.asking = false;
    try {
      const set = await loadSet(id);
      if (id === this.chosen) this.set = set;
    } catch (error) {
      if (id === this.chosen) this.fault = error instanceof Error ? error.message : String(error);
    }
  }

  protected override render() {
    const words = setWords(this.text);
    const entry = entryOf(this.chosen);
    return html`
      <h2>${words.title}</h2>
      <select class="sets" aria-label=${words.choose} @change=${this.#chose}>
        ${map(GROUPS, (group) => this.#group(group, words))}
      </select>
      ${entry ? this.#facts(entry, words) : nothing}
      <div class="preview">
        ${
          this.set
            ? html`<diffuscope-set-mosaic .text=${this.text} .set=${this.set}></diffuscope-set-mosaic>`
            : this.#missing(entry, words)
        }
      </div>
      ${entry?.group === 'emoji' ? html`<p class="hint">${words.credit}</p>` : nothing}
      ${entry?.group === 'own' ? this.#deletion(entry, words) : nothing}
      <p class="news" role="status">${this.news?.(words)}</p>
      <diffuscope-add-set .text=${this.text} @added=${this.#added}></diffuscope-add-set>
    `;
  }

  #group(group: SetEntry['group'], words: SetsText) {
    const entries = (group === 'own' ? own.entries : builtIn).filter((entry) => entry.group === group);
    if (entries.length === 0) return nothing;
    return html`<optgroup label=${words.groups[group]}>
      ${map(
        entries,
        (entry) =>
          html`<option value=${entry.id} .selected=${entry.id === this.chosen}>${titleOf(entry, words)}</option>`,
      )}
    </optgroup>`;
  }

  #facts(entry: SetEntry, words: SetsText) {
    // How many glyphs there are is known when they are drawn.
    const { n, c, h, w } = this.set?.id === entry.id ? this.set.images.shape : entry.shape;
    const count = entry.group === 'glyphs' && !this.set ? words.atMost(n) : words.count(n);
    const about = (words.about as Record<string, string>)[entry.id];
    return html`<p class="facts">
      <b>${count} · ${words.size(w, h, c === 3)}</b>
      ${about ? html`<span>${about}</span>` : nothing}
    </p>`;
  }

  #missing(entry: SetEntry | undefined, words: SetsText) {
    if (this.fault === undefined) return html`<p class="hint">${words.loading}</p>`;
    const reason = entry ? words.notLoaded(titleOf(entry, words), this.fault) : words.gone;
    return html`<p class="warning" role="alert">${reason}</p>`;
  }

  #deletion(entry: SetEntry, words: SetsText) {
    if (!this.asking)
      return html`<button class="remove" @click=${() => this.#ask(true)}>${words.remove}</button>`;
    return html`<div class="asking" role="group" aria-label=${words.remove} @keydown=${this.#escaped}>
      <p>${words.reallyRemove(titleOf(entry, words))}</p>
      <button class="yes" @click=${() => this.#remove(entry)}>${words.yesRemove}</button>
      <button class="no" @click=${() => this.#ask(false)}>${words.noRemove}</button>
    </div>`;
  }

  /** The focus goes along, to what loses nothing. */
  async #ask(asking: boolean): Promise<void> {
    this.asking = asking;
    await this.updateComplete;
    this.querySelector<HTMLElement>(asking ? '.no' : '.remove')?.focus();
  }

  #escaped(event: KeyboardEvent): void {
    if (event.key === 'Escape') void this.#ask(false);
  }

  async #remove(entry: SetEntry): Promise<void> {
    const title = entry.title ?? entry.id;
    try {
      await removeSet(entry.id);
    } catch {
      this.news = (words) => words.notRemoved(title);
      return;
    }
    this.news = (words) => words.removed(title);
    this.#choose(FIRST);
    this.querySelector<HTMLElement>('.sets')?.focus();
  }

  #chose(event: Event): void {
    this.news = undefined;
    this.#choose((event.target as HTMLSelectElement).value);
  }

  #added(event: CustomEvent<string>): void {
    event.stopPropagation();
    this.news = undefined;
    this.#choose(event.detail);
  }

  #choose(id: string): void {
    this.chosen = id;
    this.send('set', id);
  }
}
customElements.define('diffuscope-set-panel', SetPanel);
