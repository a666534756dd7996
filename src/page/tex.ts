/**
 * Formulas as one writes them, to MathML: tex`q(x_{t−1} | x_t)`, \frac{a}{b}, √{1 − β_t}, \mat{a & b \\ c & d}. Greek
 * letters and accents are written as they are. \prior{…}, \likelihood{…} and \posterior{…} give a part its role's colour.
 * A minus that touches what follows is a sign; one with a space after it subtracts.
 */
import { html, mathml } from 'lit';

type Node = ReturnType<typeof mathml>;

const TOKEN =
  /\\\\|\\[a-z]+|[+−]\s|log|SNR|KL|NaN|[−-]?(?:\d[\d.]*(?:\s×\s10[⁻⁰¹²³⁴-⁹]+)?|∞)|\p{L}\p{M}*|[^\s\\]/gu;
const WORD = /^(?:\p{L}\p{M}*)+$/u;
const NUMBER = /^[−-]?[\d∞]/;
/** Fences keep the height of a line of text. */
const FENCE = /^[()[\]|]$/;
const ACCENTED = /\p{M}/u;

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = source.match(TOKEN) ?? [];
  }

  /** Everything up to one of `ends`, which is left to be read. */
  row(...ends: string[]): Node {
    const nodes: Node[] = [];
    while (this.#at < this.#tokens.length && !ends.includes(this.#next)) nodes.push(this.#scripted());
    return mathml`<mrow>${nodes}</mrow>`;
  }

  get #next(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #take(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #scripted(): Node {
    const base = this.#atom();
    const scripts: Record<string, Node> = {};
    while (this.#next === '_' || this.#next === '^') scripts[this.#take()] = this.#atom();
    const { _: below, '^': above } = scripts;
    if (below && above) return mathml`<msubsup>${base}${below}${above}</msubsup>`;
    if (below) return mathml`<msub>${base}${below}</msub>`;
    if (above) return mathml`<msup>${base}${above}</msup>`;
    return base;
  }

  #atom(): Node {
    const token = this.#take();
    if (token === '{') return this.#rest();
    if (token === '√') return mathml`<msqrt>${this.#atom()}</msqrt>`;
    if (token === '\\frac') return mathml`<mfrac>${this.#atom()}${this.#atom()}</mfrac>`;
    if (token === '\\mat') return this.#matrix();
    if (token.startsWith('\\')) return mathml`<mrow class=${token.slice(1)}>${this.#atom()}</mrow>`;
    if (NUMBER.test(token) || token === 'NaN') return mathml`<mn>${token}</mn>`;
    if (token === 'log' && this.#next !== '(') return mathml`<mi>log</mi><mspace width="0.17em" />`;
    // Of two characters an identifier would be upright; and few fonts can put an accent over another glyph.
    if (ACCENTED.test(token.normalize('NFD')))
      return mathml`<mi class="accented">${token.normalize('NFC')}</mi>`;
    if (WORD.test(token)) return mathml`<mi>${token}</mi>`;
    if (/\s$/.test(token)) return mathml`<mo form="infix">${token.trim()}</mo>`;
    if (FENCE.test(token)) return mathml`<mo stretchy="false">${token}</mo>`;
    return mathml`<mo>${token}</mo>`;
  }

  #rest(): Node {
    const row = this.row('}');
    this.#take();
    return row;
  }

  #matrix(): Node {
    this.#take();
    const rows: Node[][] = [[]];
    for (let end = ''; end !== '}'; ) {
      rows.at(-1)?.push(mathml`<mtd>${this.row('&', '\\\\', '}')}</mtd>`);
      end = this.#take() || '}';
      if (end === '\\\\') rows.push([]);
    }
    return mathml`<mtable class="matrix">${rows.map((cells) => mathml`<mtr>${cells}</mtr>`)}</mtable>`;
  }
}

export function tex({ raw }: TemplateStringsArray, ...values: (string | number)[]) {
  return html`<math>${new Parser(String.raw({ raw }, ...values)).row()}</math>`;
}

/** A formula on lines of its own; between its pieces it may break. */
export const equation = (...pieces: unknown[]) => html`<div class="equation">${pieces}</div>`;
