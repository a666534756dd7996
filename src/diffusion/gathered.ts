/** Steps whose float32 sums do not cancel. */
import { type Form, m, type Step, sum } from './step.ts';

/** How far terms must cancel for their sum to be kept instead. */
const CANCELS = 1 / 2;

const largest = (form: Form): number => Math.max(...form.map(Math.abs));
const isOld = (form: Form): boolean => m.some((own) => own.every((c, k) => c === form[k]));

/** A step and the one after it, where what the first knows of the second's terms is one value that it may keep. */
function gather(first: Step, second: Step): readonly [Step, Step] | undefined {
  const { next, keep = [], s = 0 } = first;
  const fresh = keep.findIndex((form) => !isOld(form));
  const neededLater = (second.keep ?? []).some((form) => form[3 + fresh] !== 0);
  if (s !== 0 || fresh < 0 || neededLater) return;
  const [a, b, bUnclipped, ...c] = second.next as [number, number, number, ...number[]];
  const terms = [[a, next] as const, ...keep.map((form, k) => [c[k] as number, form] as const)];
  const known = sum(...terms);
  const apart = Math.max(
    ...terms.map(([weight, form]) => (weight === 0 ? 0 : Math.abs(weight) * largest(form))),
  );
  if (!(largest(known) < CANCELS * apart)) return;
  const before = { ...first, keep: keep.map((form, k) => (k === fresh ? known : form)) };
  const after = sum([1, [0, b, bUnclipped, 0, 0, 0, 0]], [1, m[fresh] as Form]);
  return [before, { ...second, next: after }];
}

/**
 * The same steps for a machine that rounds: where a step adds x to what was kept at the stage before, and both are large
 * but cancel, as from nearly pure noise α_s x/α_t and its counterpart are, the stage before keeps their sum, whose
 * weights are summed here.
 */
export function gathered(steps: readonly Step[]): Step[] {
  const done: Step[] = [];
  for (const step of steps) {
    const before = done.pop();
    done.push(...(before ? (gather(before, step) ?? [before, step]) : [step]));
  }
  return done;
}
