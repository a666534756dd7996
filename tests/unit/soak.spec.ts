import { expect, test } from '@playwright/test';
import { faultsOf } from '../../scripts/soak/faults.mjs';

const kept = {
  'GPU bytes, the page’s count': 100,
  'GPU bytes of buffers': 100,
  'event listeners': 50,
  nodes: 1000,
};
const clean = { before: kept, after: { ...kept }, gaps: [], errors: [] };

test('a soak that leaves nothing behind has no faults', () => {
  expect(faultsOf(clean, false)).toEqual([]);
  const less = { ...kept, 'event listeners': 40 };
  expect(faultsOf({ ...clean, after: less }, false)).toEqual([]);
});

test('one byte of GPU memory is a fault, and so are many listeners and nodes', () => {
  for (const [name, value] of [
    ['GPU bytes, the page’s count', 101],
    ['GPU bytes of buffers', 101],
    ['event listeners', 61],
    ['nodes', 1401],
  ] as const) {
    const faults = faultsOf({ ...clean, after: { ...kept, [name]: value } }, true);
    expect(faults).toEqual([expect.stringContaining(`kept: ${name}`)]);
  }
});

test('a frame may wait while the device is lost, and for a software adapter', () => {
  const waited = (ms: number, doing: string) => ({ ...clean, gaps: [{ ms, doing }] });
  expect(faultsOf(waited(9000, 'lose the device'), false)).toEqual([]);
  expect(faultsOf(waited(251, 'play'), false)).toEqual(['a frame waited 251 ms (play)']);
  expect(faultsOf(waited(251, 'play'), true)).toEqual([]);
  expect(faultsOf(waited(2001, 'play'), true)).toHaveLength(1);
});

test('whatever is logged is a fault', () => {
  expect(faultsOf({ ...clean, errors: ['oh'] }, true)).toEqual(['logged: oh']);
});
