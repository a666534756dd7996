import { expect, test } from '@playwright/test';
import type { Gpu } from '../../src/gpu/device.ts';
import { compile, type Stage } from '../../src/gpu/pipeline.ts';
import { moduleCode, type Wgsl } from '../../src/gpu/wgsl.ts';

Object.assign(globalThis, { GPUShaderStage: { COMPUTE: 4 } });

/** A device that only remembers what it was asked to compile, its pipelines being the descriptors. */
const pretended = (): Gpu => {
  const same = (descriptor: unknown) => descriptor;
  const device = {
    createBindGroupLayout: same,
    createPipelineLayout: same,
    createShaderModule: same,
    createComputePipelineAsync: async (descriptor: unknown) => ({ descriptor }),
  };
  return { device, pipelines: new Map() } as unknown as Gpu;
};

const wgsl = (code: string, needs: Wgsl[] = [], enable: string[] = []): Wgsl => ({
  code,
  needs,
  enable,
  uniforms: {},
});

const pipelineOf = async (gpu: Gpu, stage: Stage) => (await compile(gpu, stage)).pipeline;

const stage: Stage = {
  label: 'one',
  sources: [wgsl('a')],
  bindings: ['read', 'write'],
  constants: { SIZE: 64, DRAWS: 1 },
};

test('what is the same but for its label and the order of its constants is compiled once', async () => {
  const gpu = pretended();
  const other = { ...stage, label: 'another', constants: { DRAWS: 1, SIZE: 64 } };
  expect(await pipelineOf(gpu, other)).toBe(await pipelineOf(gpu, stage));
});

test('what differs in anything that is compiled is never taken for another, whatever its label', async () => {
  const gpu = pretended();
  const others: Stage[] = [
    { ...stage, sources: [wgsl('b')] },
    { ...stage, sources: [wgsl('a', [], ['subgroups'])] },
    { ...stage, bindings: ['read', 'read'] },
    { ...stage, constants: { SIZE: 64, DRAWS: 0 } },
  ];
  const made = await Promise.all([stage, ...others].map((each) => pipelineOf(gpu, each)));
  expect(new Set(made).size).toBe(1 + others.length);
});

test('a module has each file once, after those that it needs, and extensions before all', () => {
  const grid = wgsl('grid');
  const sum = wgsl('sum', [grid], ['f16']);
  const leave = wgsl('leave', [grid, sum], ['subgroups', 'f16']);
  expect(moduleCode([leave, wgsl('bound', [grid])]).split('\n')).toEqual([
    'enable f16;',
    'enable subgroups;',
    'grid',
    'sum',
    'leave',
    'bound',
  ]);
});
