/** The explorer's four planes: x with its three Gaussians, y, the map A, and the joint of x and y. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Matrix } from '../../diffusion/matrix.ts';
import type { Text, TheoremText } from '../text/areas.ts';
import { axisEnd, covarianceOf, type Ellipse, ellipseOf, type Point, point, pullAxis } from './ellipse.ts';
import { jointPlot } from './joint-plot.ts';
import { band, contours, grid, type Handle, handle } from './plane.ts';
import type { Scene, Solution } from './scene.ts';
import { around, SIZE, toSvg, type View } from './view.ts';

/** What a plane is drawn from, and whom it tells of a point that was moved. */
export interface Shown {
  readonly words: TheoremText;
  readonly text: Text;
  readonly scene: Scene;
  readonly solution: Solution;
  readonly views: Views;
  readonly change: (change: Partial<Scene>) => void;
}

export interface Views {
  readonly x: View;
  readonly y: View;
  readonly A: View;
}

const ORIGIN: Point = [0, 0];
/** A likelihood this much wider than the prior runs out of the window. */
const WIDE = 3;

export function viewsOf({ m, S, A, Q, y }: Scene, { joint, schur, likelihood }: Solution): Views {
  const x = [{ mean: m, covariance: covarianceOf(S) }, schur];
  if (likelihood.kind === 'ellipse' && likelihood.ellipse.radii[0] < WIDE * Math.max(...S.radii)) {
    x.push({ ...schur, mean: likelihood.centre, covariance: covarianceOf(likelihood.ellipse) });
  }
  return {
    x: around(x),
    y: around([
      { mean: joint.my, covariance: joint.Syy },
      { mean: y, covariance: covarianceOf(Q) },
    ]),
    A: { centre: ORIGIN, half: 1.3 * Math.max(1, ...A.flat().map(Math.abs)) },
  };
}

const plus = (u: Point, v: Point): Point => [u[0] + v[0], u[1] + v[1]];
const minus = (u: Point, v: Point): Point => [u[0] - v[0], u[1] - v[1]];
const columnOf = (A: Matrix, k: 0 | 1): Point => [A[0]?.[k] as number, A[1]?.[k] as number];
const withColumn = (A: Matrix, k: 0 | 1, column: Point): Matrix =>
  A.map((row, i) => row.map((value, j) => (j === k ? (column[i] as number) : value)));

function plane(name: string, title: string, caption: unknown, body: unknown): TemplateResult {
  return html`
    <figure class="plane ${name}">
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role="group" aria-label=${title}>${body}</svg>
      <figcaption><b>${title}</b> ${caption}</figcaption>
    </figure>
  `;
}

/** A Gaussian that a hand moves: a handle at its centre, and one at the end of each axis. */
function movable(
  view: View,
  role: Handle['role'],
  centre: { name: string; label: string; at: Point; move: (to: Point) => void },
  ellipse: { name: string; labels: readonly string[]; value: Ellipse; change: (to: Ellipse) => void },
) {
  return svg`
    ${contours(view, role, centre.at, ellipse.value)}
    ${handle(view, { ...centre, role, kind: 'centre' })}
    ${([0, 1] as const).map((axis) =>
      handle(view, {
        name: `${ellipse.name}${axis + 1}`,
        label: ellipse.labels[axis] as string,
        role,
        kind: 'end',
        at: plus(centre.at, axisEnd(ellipse.value, axis)),
        move: (to) => ellipse.change(pullAxis(ellipse.value, axis, minus(to, centre.at))),
      }),
    )}
  `;
}

function likelihoodShape(view: View, { likelihood }: Solution) {
  if (likelihood.kind === 'flat') return nothing;
  if (likelihood.kind === 'ellipse')
    return contours(view, 'likelihood', likelihood.centre, likelihood.ellipse);
  return band(view, 'likelihood', likelihood.normal, likelihood.offset, likelihood.halfWidth);
}

export function xPlane({ words, text, scene: { m, S }, solution, views: { x: view }, change }: Shown) {
  const legend = (['prior', 'likelihood', 'posterior'] as const).map(
    (role) => html`<span class="key ${role}">${text[role]}</span>`,
  );
  return plane(
    'x',
    words.planes.x,
    html`${legend} ${words.planes.xCaption}`,
    svg`
      ${grid(view)} ${likelihoodShape(view, solution)}
      ${contours(view, 'posterior', point(solution.schur.mean), ellipseOf(solution.schur.covariance))}
      ${movable(
        view,
        'prior',
        { name: 'm', label: words.handles.m, at: m, move: (to) => change({ m: to }) },
        { name: 'S', labels: words.handles.S, value: S, change: (to) => change({ S: to }) },
      )}
    `,
  );
}

export function yPlane({ words, scene: { y, Q }, solution: { joint }, views: { y: view }, change }: Shown) {
  return plane(
    'y',
    words.planes.y,
    words.planes.yCaption,
    svg`
      ${grid(view)} ${contours(view, 'evidence', point(joint.my), ellipseOf(joint.Syy))}
      ${movable(
        view,
        'likelihood',
        { name: 'y', label: words.handles.y, at: y, move: (to) => change({ y: to }) },
        { name: 'Q', labels: words.handles.Q, value: Q, change: (to) => change({ Q: to }) },
      )}
    `,
  );
}

export function mapPlane({ words, scene: { A }, views: { A: view }, change }: Shown) {
  const [u, v] = [columnOf(A, 0), columnOf(A, 1)];
  const square = [ORIGIN, u, plus(u, v), v].map((corner) => toSvg(view, corner).join(',')).join(' ');
  const image = (k: 0 | 1) => {
    const at = columnOf(A, k);
    const [[x0, y0], [x, y]] = [toSvg(view, ORIGIN), toSvg(view, at)];
    return svg`
      <line class="arrow" x1=${x0} y1=${y0} x2=${x} y2=${y} />
      <text class="name" x=${x + 14} y=${y - 12}>${['e₁', 'e₂'][k]}</text>
      ${handle(view, {
        name: `A${k + 1}`,
        label: words.handles.A[k] as string,
        role: 'likelihood',
        kind: 'end',
        at,
        move: (to) => change({ A: withColumn(A, k, to) }),
      })}
    `;
  };
  return plane(
    'A',
    words.planes.A,
    words.planes.ACaption,
    svg`${grid(view)}<polygon class="image" points=${square} />${image(0)}${image(1)}`,
  );
}

/** @param choose takes the coordinates of x and of y to show. */
export function jointPlane(
  { words, solution, scene }: Shown,
  [i, j]: Point,
  choose: (coordinates: Point) => void,
) {
  const select = (letter: string, chosen: number, choice: (k: number) => Point) => html`
    <select
      aria-label="${words.planes.axes}: ${letter}"
      @change=${(event: Event) => choose(choice(Number((event.target as HTMLSelectElement).value)))}
    >
      ${[0, 1].map((k) => html`<option value=${k} ?selected=${k === chosen}>${letter}${'₁₂'[k]}</option>`)}
    </select>
  `;
  return plane(
    'joint',
    words.planes.joint,
    html`
      <span class="selects">${select('x', i, (k) => [k, j])} ${select('y', j, (k) => [i, k])}</span>
      ${words.planes.jointCaption(i, j)}
    `,
    jointPlot(solution.joint, i, j, scene.y),
  );
}
