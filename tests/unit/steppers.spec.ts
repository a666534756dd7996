/** The library's samplers beside the codes that they are named after: every state of whole runs, to 1e-9. */
import { expect, test } from '@playwright/test';
import { checkGroup, groupsOf } from '../../scripts/conformance/main.ts';
import { shares } from '../../scripts/conformance/tally.ts';
import loops from '../fixtures/diffusers-tests.json' with { type: 'json' };
import runs from '../fixtures/steppers.json' with { type: 'json' };
import { leaves, spoilt } from './spoil.ts';

async function check(file: object) {
  const groups = await Promise.all(groupsOf(file).map((group) => checkGroup(group)));
  const all = shares(groups.flatMap(({ tally }) => tally));
  return {
    disagreements: groups.flatMap(({ lines }) => lines.filter((line) => line.includes('DISAGREES'))),
    shares: Object.fromEntries(all.map(({ subject, agreeing, ran }) => [subject, `${agreeing}/${ran}`])),
    disagreeing: groups.reduce((total, group) => total + group.disagreeing, 0),
    reasons: [...new Set(all.flatMap(({ cannot }) => [...cannot.keys()]))],
  };
}

test('runs of diffusers, k-diffusion, EDM, OpenAI, DPM-Solver and smalldiffusion are the library’s', async () => {
  const { shares, disagreements, reasons } = await check(runs);
  expect(shares, disagreements.join('\n')).toEqual({
    DDIMInverseScheduler: '1/1',
    DDIMScheduler: '5/5',
    "DDIMScheduler's noise": '1/1',
    DDPMScheduler: '5/5',
    "DDPMScheduler's noise": '1/1',
    DEISMultistepScheduler: '3/3',
    "DPM-Solver's own code": '12/12',
    DPMSolverMultistepScheduler: '8/8',
    "DPMSolverMultistepScheduler's noise": '1/1',
    DPMSolverSinglestepScheduler: '3/3',
    "EDM's ablation_sampler": '3/3',
    "EDM's edm_sampler": '2/2',
    EDMDPMSolverMultistepScheduler: '3/3',
    EDMEulerScheduler: '3/3',
    EulerAncestralDiscreteScheduler: '3/3',
    EulerDiscreteScheduler: '5/5',
    "EulerDiscreteScheduler's noise": '1/1',
    FlowMatchEulerDiscreteScheduler: '5/5',
    "FlowMatchEulerDiscreteScheduler's noise": '1/1',
    FlowMatchHeunDiscreteScheduler: '1/1',
    HeunDiscreteScheduler: '2/2',
    IPNDMScheduler: '1/1',
    KDPM2DiscreteScheduler: '2/2',
    LCMScheduler: '1/1',
    LMSDiscreteScheduler: '3/3',
    "OpenAI's ddim": '3/3',
    "OpenAI's ddpm": '2/2',
    PNDMScheduler: '2/2',
    TCDScheduler: '1/1',
    UniPCMultistepScheduler: '5/5',
    sample_dpm_2: '1/1',
    sample_dpmpp_2m_sde: '2/2',
    sample_dpmpp_2s_ancestral: '1/1',
    sample_dpmpp_3m_sde: '1/1',
    sample_dpmpp_sde: '1/1',
    sample_euler: '1/1',
    sample_euler_ancestral: '1/1',
    sample_heun: '2/2',
    sample_lms: '1/1',
    "smalldiffusion's samples": '3/3',
  });
  expect(reasons).toEqual([
    expect.stringContaining('diffusers itself gives NaN'),
    expect.stringContaining('diffusers refuses it'),
  ]);
});

test('the loops and literals of diffusers’ own unit tests are the library’s', async () => {
  const { shares, disagreements, reasons } = await check(loops);
  expect(shares, disagreements.join('\n')).toEqual({
    CMStochasticIterativeScheduler: '2/2',
    DDIMInverseScheduler: '3/3',
    DDIMParallelScheduler: '2/2',
    DDIMScheduler: '4/4',
    DDPMParallelScheduler: '2/2',
    DDPMScheduler: '3/3',
    DEISMultistepScheduler: '2/2',
    DPMSolverMultistepInverseScheduler: '2/2',
    DPMSolverMultistepScheduler: '2/2',
    DPMSolverSinglestepScheduler: '3/3',
    EDMDPMSolverMultistepScheduler: '2/2',
    EDMEulerScheduler: '1/1',
    EulerAncestralDiscreteScheduler: '1/1',
    EulerDiscreteScheduler: '2/2',
    HeunDiscreteScheduler: '2/2',
    IPNDMScheduler: '1/1',
    KDPM2AncestralDiscreteScheduler: '1/1',
    KDPM2DiscreteScheduler: '2/2',
    LCMScheduler: '1/1',
    LMSDiscreteScheduler: '2/2',
    PNDMScheduler: '3/3',
    TCDScheduler: '1/1',
    UnCLIPScheduler: '1/1',
    UniPCMultistepScheduler: '5/5',
  });
  expect(reasons).toEqual([expect.stringContaining("float32's rounding")]);
});

/** What the runs begin with and draw from, without the groups. */
const { diffusers, k_diffusion, edm, openai, dpm_solver_original, smalldiffusion, ...shared } = runs;

/** Every group, by what is left of it when it has but one of its entries. */
const single = (group: { readonly entries: readonly object[] }) =>
  group.entries.map((entry) => ({ ...shared, group: { ...group, entries: [entry] } }));
const alone = {
  ...Object.fromEntries(
    Object.entries({ ...diffusers.groups, forward: diffusers.forward_process }).map(([name, entries]) => [
      name,
      entries.map((entry) => ({ ...shared, group: [entry] })),
    ]),
  ),
  k_diffusion: single(k_diffusion),
  'edm of NVlabs': single(edm),
  openai: single(openai),
  smalldiffusion: single(smalldiffusion),
};

/** What a run is given, and what of other codes it does not share: how often they draw noise that they do not use. */
const NOT_RESULTS = /config|kwargs|exact_endpoint|noise_draws$|steps\.\d+\.sigma$/;

for (const [name, files] of Object.entries(alone)) {
  test(`every figure of ${name} counts: moved by a hundredth, it disagrees`, async () => {
    const unseen: string[] = [];
    for (const file of files) {
      const paths = leaves(file.group).map((path) => ['group', ...path]);
      for (const path of paths.filter((path) => !NOT_RESULTS.test(path.join('.')))) {
        const { disagreeing } = await check(spoilt(file, path));
        if (disagreeing === 0) unseen.push(path.join('.'));
      }
    }
    expect(unseen).toEqual([]);
  });
}
