import { PageElement } from './element.ts';

/** An element with charts. uPlot draws with colours, not with custom properties: another scheme means drawing anew. */
export abstract class ChartedElement extends PageElement {
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #changed = (): void => this.drawAnew();

  protected abstract drawAnew(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#changed);
  }
}
