/** A plane drawn in SVG: axes, contours, and points that a pointer or the arrow keys move. */
import { nothing, svg } from 'lit';
import { significant } from '../significant.ts';
import type { Ellipse, Point } from './ellipse.ts';
import { fromSvg, SIZE, scaleOf, snapped, ticks, toSvg, type View } from './view.ts';

/** What an arrow key moves a point by: a part of the window, and with Shift this much further. */
const STEP = 1 / 40;
const FAR = 5;

export const grid = (view: View) => {
  const lines = ([0, 1] as const).map((axis) =>
    ticks(view, axis).map((value) => {
      const at = toSvg(view, axis === 0 ? [value, 0] : [0, value])[axis];
      const name = value === 0 ? 'axis' : 'tick';
      return axis === 0
        ? svg`<line class=${name} x1=${at} x2=${at} y1="0" y2=${SIZE} />
            <text x=${at + 3} y=${SIZE - 4}>${significant(value, 3)}</text>`
        : svg`<line class=${name} y1=${at} y2=${at} x1="0" x2=${SIZE} />
            <text x="3" y=${at - 3}>${at > SIZE - 20 ? nothing : significant(value, 3)}</text>`;
    }),
  );
  return svg`<g class="grid" aria-hidden="true">${lines}</g>`;
};

/** The contours of one and two standard deviations. */
export function contours(view: View, name: string, centre: Point, { angle, radii }: Ellipse) {
  const [x, y] = toSvg(view, centre);
  const [rx, ry] = radii.map((radius) => radius * scaleOf(view)) as [number, number];
  const transform = `translate(${x} ${y}) rotate(${(-angle * 180) / Math.PI})`;
  return svg`<g class="contours ${name}" transform=${transform}>
    <ellipse rx=${2 * rx} ry=${2 * ry} /><ellipse rx=${rx} ry=${ry} />
    <circle class="centre" r="3" />
  </g>`;
}

/** All x with |normal·x − offset| ≤ one, and two, half-widths. */
export function band(view: View, name: string, normal: Point, offset: number, halfWidth: number) {
  const away = offset - (normal[0] * view.centre[0] + normal[1] * view.centre[1]);
  const far = 4 * view.half;
  const corner = (along: number, across: number): string => {
    const out = away + across * halfWidth;
    const x = view.centre[0] + out * normal[0] - along * normal[1];
    const y = view.centre[1] + out * normal[1] + along * normal[0];
    return toSvg(view, [x, y]).join(',');
  };
  const strip = (k: number) =>
    svg`<polygon points=${[corner(-far, -k), corner(far, -k), corner(far, k), corner(-far, k)].join(' ')} />`;
  return svg`<g class="contours ${name}">${strip(2)}${strip(1)}</g>`;
}

export interface Handle {
  readonly name: string;
  /** What it is, for those who do not see where it is. */
  readonly label: string;
  readonly role: 'prior' | 'likelihood';
  readonly kind: 'centre' | 'end';
  readonly at: Point;
  readonly move: (to: Point) => void;
}

/** A point that moves in two directions, to assistive technology a slider that says both coordinates. */
export function handle(view: View, { name, label, role, kind, at, move }: Handle) {
  const [x, y] = toSvg(view, at);
  const drag = (event: PointerEvent) => {
    const target = event.currentTarget as SVGGElement;
    if (!target.hasPointerCapture(event.pointerId)) return;
    const matrix = target.ownerSVGElement?.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    move(fromSvg(view, [x, y]));
  };
  const key = (event: KeyboardEvent) => {
    const by = view.half * STEP * (event.shiftKey ? FAR : 1);
    const steps: Record<string, Point> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, by],
      ArrowDown: [0, -by],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    move(snapped(view, [at[0] + step[0], at[1] + step[1]]));
  };
  return svg`<g
    class="handle ${role} ${kind}"
    data-name=${name}
    tabindex="0"
    role="slider"
    aria-label=${label}
    aria-valuemin=${view.centre[0] - view.half}
    aria-valuemax=${view.centre[0] + view.half}
    aria-valuenow=${at[0]}
    aria-valuetext="${significant(at[0], 3)}, ${significant(at[1], 3)}"
    transform="translate(${x} ${y})"
    @pointerdown=${(event: PointerEvent) => (event.currentTarget as Element).setPointerCapture(event.pointerId)}
    @pointermove=${drag}
    @keydown=${key}
  ><circle class="reach" r="17" /><circle class="dot" r=${kind === 'centre' ? 7 : 5} /></g>`;
}
