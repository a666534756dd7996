/** A uPlot chart in the page's colours, with an upright line at the present t. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { superscript } from './significant.ts';

export interface Line {
  readonly label: string;
  /** Name of a CSS custom property. */
  readonly colour: string;
  readonly values: ArrayLike<number | null>;
  readonly fill?: boolean;
  readonly dashed?: boolean;
  /** Whether every value has a dot. */
  readonly dots?: boolean;
  /** Pixels; 2 where absent. */
  readonly width?: number;
  /** A word where the line leaves the chart. */
  readonly note?: string;
}

export interface ChartOptions {
  readonly x: ArrayLike<number>;
  readonly lines: readonly Line[];
  readonly yRange?: [number, number];
  /** Whether the upright axis has numbers; by default it does. */
  readonly yLabels?: boolean;
  /** Whether the upright axis counts powers of ten; every value must then be positive. */
  readonly yLog?: boolean;
  /** The level axis by factors, with numbers at these. */
  readonly xLog?: readonly number[];
  /** Pixels. */
  readonly height?: number;
  /** Called after every drawing, when the scales are known. */
  readonly onDraw?: () => void;
  /** Called with the index of the x that is pointed at, and with nothing when none is. */
  readonly onPoint?: (index: number | undefined) => void;
}

const powersOfTen = (_: uPlot, ticks: number[]) =>
  ticks.map((tick) => (tick === null ? '' : tick.toExponential(0).replace('e+0', 'e0')));

const powerOfTen = (tick: number) => `10${superscript(Math.round(Math.log10(tick)))}`;

/** Powers of ten, eight at most. */
function decades(_: uPlot, __: number, min: number, max: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(min) - 1e-9), Math.floor(Math.log10(max) + 1e-9)];
  const by = Math.ceil((last - first + 1) / 8);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => 10 ** (first + i * by));
}

/** A line's word stands beside the last of its points that are in the chart. */
function drawNotes(plot: uPlot, lines: readonly Line[], ink: string): void {
  const { ctx, bbox, data } = plot;
  const [xs] = data;
  ctx.save();
  ctx.fillStyle = ink;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  for (const { note, values } of lines) {
    if (note === undefined) continue;
    const places = Array.from(xs, (x, i) => ({
      x: plot.valToPos(x, 'x', true),
      y: plot.valToPos(values[i] ?? Number.NaN, 'y', true),
    }));
    const lowest = bbox.top + bbox.height - 14 * devicePixelRatio;
    const last = places.findLast(({ y }) => y >= bbox.top && y <= lowest);
    if (last) ctx.fillText(note, last.x - 4 * devicePixelRatio, last.y + 2 * devicePixelRatio);
  }
  ctx.restore();
}

const cssColour = (element: Element, name: string) => getComputedStyle(element).getPropertyValue(name).trim();

export class Chart {
  readonly plot: uPlot;
  #marked: number | undefined;
  readonly #resize: ResizeObserver;

  constructor(
    readonly host: HTMLElement,
    options: ChartOptions,
  ) {
    const { x, lines, yRange, yLabels = true, yLog = false, xLog, height = 128 } = options;
    const { onDraw = () => {}, onPoint } = options;
    const ink = cssColour(host, '--muted');
    const grid = { stroke: cssColour(host, '--line'), width: 1 };
    const axis = { stroke: ink, grid, ticks: { ...grid, size: 4 }, font: '11px system-ui, sans-serif' };
    const drawn: uPlot.Options = {
      width: host.clientWidth || 280,
      height,
      padding: [6, 16, 0, 0],
      legend: { show: false },
      cursor: { show: Boolean(onPoint), y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: false, ...(xLog && { distr: 3, range: (_, min, max) => [min / 1.1, max * 1.1] }) },
        y: { ...(yRange && { range: yRange }), ...(yLog && { distr: 3 }) },
      },
      axes: [
        {
          ...axis,
          size: 22,
          gap: 2,
          ...(xLog && {
            splits: (_, __, min, max) => xLog.filter((x) => x >= min && x <= max),
            values: (_, ticks) => ticks.map(String),
            filter: (_, ticks) => ticks,
          }),
        },
        {
          ...axis,
          show: yLabels,
          size: 40,
          gap: 3,
          ...(yLog && { grid: { show: false }, values: powersOfTen }),
          ...(xLog &&
            yLog && {
              grid,
              splits: decades,
              filter: (_, ticks) => ticks,
              values: (_, ticks) => ticks.map(powerOfTen),
            }),
        },
      ],
      series: [
        {},
        ...lines.map(({ label, colour, fill, dashed, dots = false, width = 2 }) => ({
          label,
          stroke: cssColour(host, colour),
          width,
          points: { show: dots, size: 6, fill: cssColour(host, colour) },
          // Lines of one chart may have their values at different x.
          spanGaps: dots,
          ...(dashed && { dash: [3, 4] }),
          ...(fill && { fill: `color-mix(in srgb, ${cssColour(host, colour)} 18%, transparent)` }),
        })),
      ],
      hooks: {
        draw: [(plot) => drawNotes(plot, lines, ink), () => this.#drawMark(), onDraw],
        ...(onPoint && { setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)] }),
      },
    };
    const data = [Array.from(x), ...lines.map(({ values }) => Array.from(values))] as uPlot.AlignedData;
    this.plot = new uPlot(drawn, data, host);
    this.#resize = new ResizeObserver(() => {
      if (host.clientWidth > 0) this.plot.setSize({ width: host.clientWidth, height });
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
