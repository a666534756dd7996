import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { checkGroup, groupsOf } from '../../scripts/conformance/main.ts';
import bound from '../fixtures/bound.json' with { type: 'json' };
import figures from '../fixtures/conformance.json' with { type: 'json' };
import gaussian from '../fixtures/gaussian.json' with { type: 'json' };
import tables from '../fixtures/tables.json' with { type: 'json' };
import vdm from '../fixtures/vdm.json' with { type: 'json' };
import { leaves, spoilt } from './spoil.ts';

const fixtures = { gaussian, vdm, bound, conformance: figures, tables };

async function check(file: object) {
  const groups = await Promise.all(groupsOf(file).map((group) => checkGroup(group)));
  const count = (of: (group: (typeof groups)[number]) => number) =>
    groups.reduce((total, group) => total + of(group), 0);
  return {
    lines: groups.flatMap(({ lines }) => lines),
    ran: count(({ ran }) => ran),
    disagreeing: count(({ disagreeing }) => disagreeing),
    cannot: count(({ cannot }) => cannot),
  };
}

test.describe('published figures', () => {
  const expected = {
    gaussian: { ran: 10, cannot: 0 },
    vdm: { ran: 93, cannot: 0 },
    bound: { ran: 19, cannot: 0 },
    conformance: { ran: 35, cannot: 5 },
    tables: { ran: 38, cannot: 0 },
  };
  for (const [name, file] of Object.entries(fixtures)) {
    test(`of ${name}.json are the library's`, async () => {
      const { lines, ...counts } = await check(file);
      expect(counts, lines.join('\n')).toEqual({
        ...expected[name as keyof typeof expected],
        disagreeing: 0,
      });
    });
  }
});

/** What is not a figure of the library: names, tolerances, other libraries, and inputs that an oracle makes moot. */
const NOT_OURS = [
  'entries.2.id',
  'inputs.delta (perturbed x_hat = f+delta).1.1.2',
  'inputs.eps_t (row i used at t=i/T).10.1.1.2',
  'examples.1.continuous T=0.t.9',
  'random123_kat.vectors.3.rounds',
  'random123_executed.philox4x32_10 [ctr,key,out] decimal.1.2.3',
  'jax_executed.entries.2.shape.0',
  'jax_published.entries.12.tolerance',
  'erf_inv_table.rows.2.3',
];

for (const [name, file] of Object.entries(fixtures)) {
  test(`every figure of ${name}.json counts: moved by a hundredth, it disagrees`, async () => {
    const unseen: string[] = [];
    for (const path of leaves(file)) {
      const { disagreeing } = await check(spoilt(file, path));
      if (disagreeing === 0) unseen.push(path.join('.'));
    }
    expect(unseen.filter((path) => !NOT_OURS.includes(path))).toEqual([]);
  });
}

test('a perturbed denoiser of VDM has the losses of its formula, in all three forms', async () => {
  const [gammaMin, gammaMax, T] = [-6, 4, 5];
  const delta = vdm.inputs['delta (perturbed x_hat = f+delta)'].flat(2);
  const error = delta.reduce((sum, value) => sum + value * value, 0);
  const snr = (i: number) => Math.exp(-(gammaMin + ((gammaMax - gammaMin) * i) / T));
  const losses = Array.from({ length: T }, (_, i) => ((snr(i) - snr(i + 1)) * error) / 2);
  const perturbed = (nats: number[]) => ({
    inputs: vdm.inputs,
    examples: [
      {
        gamma_min: gammaMin,
        gamma_max: gammaMax,
        denoiser: 'perturbed x_hat=f+delta',
        x_minus_xhat_sq: error,
        [`T=${T}`]: { L_i_per_t_nats: nats },
      },
    ],
  });
  const { lines } = await check(perturbed(losses));
  expect(lines.join('\n')).toContain('examples: 2/2 within tolerance (4 figures');
  const wrong = await check(perturbed(losses.with(2, (losses[2] as number) * 1.001)));
  expect(wrong.lines.filter((line) => line.includes('DISAGREES'))).toHaveLength(3);
});

test.describe('npm run conformance', () => {
  let folder = '';
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diffuscope-conformance-'));
  });
  test.afterAll(() => rmSync(folder, { recursive: true }));

  function run(file: object) {
    // Formats are known by their keys, so the name may say anything.
    const path = join(folder, 'any-name.json');
    writeFileSync(path, JSON.stringify(file));
    return spawnSync(process.execPath, ['scripts/conformance.mjs', path], { encoding: 'utf8' });
  }

  test('ends well where all agree', () => {
    const { status, stdout, stderr } = run(gaussian);
    expect(stderr).toBe('');
    expect(stdout).toContain('10 of 10 entries agree, 0 disagree, 0 cannot be run');
    expect(status).toBe(0);
  });

  test('names the figure that disagrees, and fails', () => {
    const { status, stdout } = run(spoilt(gaussian, ['entries', 1, 'log_evidence']));
    expect(stdout).toContain('DISAGREES: entry 1: log_evidence');
    expect(stdout).toContain('9 of 10 entries agree, 1 disagree, 0 cannot be run');
    expect(status).toBe(1);
  });

  test('names and counts what it cannot run', () => {
    const { status, stdout } = run({ ...gaussian, tides: { entries: [{ height: 1 }, { height: 2 }] } });
    expect(stdout).toContain('tides: 2 cannot be run: no check knows such a group');
    expect(stdout).toContain('10 of 10 entries agree, 0 disagree, 2 cannot be run');
    expect(status).toBe(0);
  });

  test('says how it is used where no file is named', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/conformance.mjs'], { encoding: 'utf8' });
    expect(stderr).toContain('usage: npm run conformance');
    expect(status).toBe(2);
  });
});
