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
  /** Whether the upright axis counts powers of ten; every value must then be positive. */
  readonly yLog?: boolean;
  /** Called after every drawing, when the scales are known. */
  readonly onDraw?: () => void;
}

const HEIGHT = 128;

const powersOfTen = (_: uPlot, ticks: number[]) =>
  ticks.map((tick) => (tick === null ? '' : tick.toExponential(0).replace('e+0', 'e0')));

const cssColour = (element: Element, name: string) => getComputedStyle(element).getPropertyValue(name).trim();

export class Chart {
  readonly plot: uPlot;
  #marked: number | undefined;
  readonly #resize: ResizeObserver;

  constructor(
    readonly host: HTMLElement,
    { x, lines, yRange, yLabels = true, yLog = false, onDraw = () => {} }: ChartOptions,
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
      scales: { x: { time: false }, y: { ...(yRange && { range: yRange }), ...(yLog && { distr: 3 }) } },
      axes: [
        { ...axis, size: 22, gap: 2 },
        {
          ...axis,
          show: yLabels,
          size: 40,
          gap: 3,
          ...(yLog && { grid: { show: false }, values: powersOfTen }),
        },
      ],
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
      hooks: { draw: [() => this.#drawMark(), onDraw] },
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
