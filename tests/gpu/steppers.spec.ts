/** Other codes' runs with every step taken by the kernel: float32, to 2e-5 of the state's scale. */
import { deviation, type Entry } from '../../scripts/conformance/entry.ts';
import { groupsOf } from '../../scripts/conformance/main.ts';
import runs from '../fixtures/steppers.json' with { type: 'json' };
import { expect, report, test } from './fixture.ts';

const entries = groupsOf(runs).flatMap(({ entries }) => entries);

/** Of every scheduler and function the first run. */
const subjects = new Map<string, Entry>();
for (const entry of entries) {
  const { subject, onGpu } = entry;
  if (subject !== undefined && onGpu && !subjects.has(subject)) subjects.set(subject, entry);
}

test('there is a run of every kind', () => {
  expect(subjects.size).toBe(35);
});

for (const [subject, { onGpu }] of subjects) {
  test(`${subject} on the GPU`, async ({ gpu }) => {
    const figures = (await onGpu?.(gpu)) ?? [];
    expect(figures.length).toBeGreaterThan(0);
    const worst = Math.max(...figures.map(deviation));
    report('deviation', worst);
    expect(worst).toBeLessThan(2e-5);
  });
}
