/** One step of singlestep DPM-Solver (Lu et al. 2022, algorithms 1 and 2), stage by stage. */
import { type Form, type Level, lambda, m, type Step, sum, x } from '../step.ts';
import { type Algorithm, type Integral, integral, stochastic } from './exponential.ts';
import { interpolated } from './multistep.ts';
import { hPhi } from './phi.ts';

export type SolverType = 'midpoint' | 'heun';

/** Σ_k z φ_{k+1}(z) D_k by the outputs at λ's nodes, of which Taylor's expansion uses all. */
function expansion(
  type: SolverType,
  { h, z, third }: Integral,
  nodes: readonly number[],
  outputs: readonly Form[],
) {
  const midpoint = type === 'midpoint';
  if (nodes.length < 3) {
    const moments = [hPhi(1, z), h * (midpoint ? hPhi(1, z) / 2 : hPhi(2, z))];
    return interpolated(nodes, moments, outputs);
  }
  const moments = [hPhi(1, z), h * hPhi(2, z), 2 * h ** 2 * third];
  const ends = <T>([first, , last]: readonly T[]) => [first, last] as T[];
  return midpoint ? interpolated(ends(nodes), moments, ends(outputs)) : interpolated(nodes, moments, outputs);
}

/**
 * From the first of two to four levels to the last, by way of the others; all stages lead on from x as it is at the
 * first. `types` are those of the stages after the first.
 */
export function stages(levels: readonly Level[], algorithm: Algorithm, types: readonly SolverType[]): Step[] {
  const [t, ...ends] = levels as [Level, ...Level[]];
  const recalls = stochastic(algorithm) && ends.length > 1;
  const nodes = [0, ...ends.map((end) => lambda(end) - lambda(t))];
  const all = ends.map((to, j) => {
    const exact = integral(algorithm, t, to);
    const type = types[j - 1] ?? 'midpoint';
    const spent = (outputs: readonly Form[]) => expansion(type, exact, nodes.slice(0, j + 1), outputs);
    return { ...exact, to, spent };
  });
  const steps = all.map(({ a, c, to, deviation, spent }, j): Step => {
    const at = levels[j] as Level;
    const { output } = integral(algorithm, at, to);
    const kept = m.slice(0, j).toReversed();
    const before = all[j - 1];
    // The x that the stage before has moved from; noise hides it.
    const recovered = () => before && sum([1 / before.a, x], [before.c / before.a, before.spent(kept)]);
    const start = (recalls ? m[j] : recovered()) ?? x;
    const next = sum([a, start], [-c, spent([...kept, output])]);
    const keep = j + 1 < all.length ? [output, ...m.slice(0, recalls ? j + 1 : j)] : [];
    return { at, to, next, s: deviation, keep };
  });
  return recalls ? [{ at: t, to: t, next: x, keep: [x] }, ...steps] : steps;
}
