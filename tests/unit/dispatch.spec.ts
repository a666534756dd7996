import { expect, test } from '@playwright/test';
import { gridOf } from '../../src/gpu/dispatch.ts';

const LIMIT = 65_535;

test('a grid has the workgroups that are needed, in rows that the device allows, and next to none beside', () => {
  for (const workgroups of [1, 64, LIMIT, LIMIT + 1, 2 * LIMIT + 1, 196_608, 1_000_003, 40_000_000]) {
    const [columns, rows] = gridOf(workgroups, LIMIT);
    expect(Math.max(columns, rows)).toBeLessThanOrEqual(LIMIT);
    expect(columns * rows).toBeGreaterThanOrEqual(workgroups);
    expect(columns * rows - workgroups).toBeLessThan(rows);
  }
});
