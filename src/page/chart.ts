/** A uPlot chart in the page's colours, with an upright line at the present t. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
  readonly label: string;
  /** Name of a CSS custom property. */
  readonly colour: string;
  readonly values: ArrayLike<number | null>;
  readonly fill?: boolean;
  readonly dashed?: boolean;
}

export interface ChartOptions {
  readonly x: ArrayLike<number>;
  readonly lines: readonly Line[];
  readonly yRange?: [number, number];
  /** Whether the upright axis has numbers; by default it does. */
  readonly yLabels?: boolean;
}

const HEIGHT = 128;

const cssColour = (element: Element, name: string) => getComputedStyle(element).getPropertyValue(name).trim();

export class Chart {
  readonly plot: uPlot;
  #marked: number | undefined;
  readonly #resize: ResizeObserver;

  constructor(
    readonly host: HTMLElement,
    { x, lines, yRange, yLabels = true }: ChartOptions,
  ) {
    const ink = cssColour(host, '--muted');
    const grid = { stroke: cssColour(host, '--line'), width: 1 };
    const axis = { stroke: ink, grid, ticks: { ...grid, size: 4 }, font: '11px system-ui, sans-serif' };
    const options: uPlot.Options = {
      width: host.clientWidth || 280,
      height: HEIGHT,
      padding: [6, 16, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: yRange ? { range: yRange } : {} },
      axes: [{ ...axis, size: 22, gap: 2 }, yLabels ? { ...axis, size: 36, gap: 3 } : { show: false }],
      series: [
        {},
        ...lines.map(({ label, colour, fill, dashed }) => ({
          label,
          stroke: cssColour(host, colour),
          width: 2,
          points: { show: false },
          ...(dashed && { dash: [3, 4] }),
          ...(fill && { fill: `color-mix(in srgb, ${cssColour(host, colour)} 18%, transparent)` }),
        })),
      ],
      hooks: { draw: [() => this.#drawMark()] },
    };
    const data = [Array.from(x), ...lines.map(({ values }) => Array.from(values))] as uPlot.AlignedData;
    this.plot = new uPlot(options, data, host);
    this.#resize = new ResizeObserver(() => {
      if (host.clientWidth > 0) this.plot.setSize({ width: host.clientWidth, height: HEIGHT });
    });
    this.#resize.observe(host);
  }

  /** Other points on the same lines. */
  setData(x: readonly number[], lines: readonly (readonly (number | null)[])[]): void {
    this.plot.setData([x, ...lines] as uPlot.AlignedData);
  }

  /** Moves the upright line, or takes it away. */
  mark(x: number | undefined): void {
    if (x === this.#marked) return;
    this.#marked = x;
    this.plot.redraw(false);
  }

  destroy(): void {
    this.#resize.disconnect();
    this.plot.destroy();
  }

  #drawMark(): void {
    if (this.#marked === undefined) return;
    const { ctx, bbox } = this.plot;
    const x = Math.round(this.plot.valToPos(this.#marked, 'x', true));
    ctx.fillStyle = cssColour(this.host, '--accent');
    ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
  }
}
