import { expect, test } from '@playwright/test';
import type { Gpu } from '../../src/gpu/device.ts';
import { computePipeline, type Stage } from '../../src/gpu/pipeline.ts';

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

const stage: Stage = {
  label: 'one',
  sources: [{ code: 'a', uniforms: {} }],
  bindings: ['read', 'write'],
  constants: { SIZE: 64, DRAWS: 1 },
};

test('what is the same but for its label and the order of its constants is compiled once', async () => {
  const gpu = pretended();
  const other = { ...stage, label: 'another', constants: { DRAWS: 1, SIZE: 64 } };
  expect(await computePipeline(gpu, other)).toBe(await computePipeline(gpu, stage));
});

test('what differs in anything that is compiled is never taken for another, whatever its label', async () => {
  const gpu = pretended();
  const others: Stage[] = [
    { ...stage, sources: [{ code: 'b', uniforms: {} }] },
    { ...stage, enable: ['subgroups'] },
    { ...stage, bindings: ['read', 'read'] },
    { ...stage, constants: { SIZE: 64, DRAWS: 0 } },
  ];
  const made = await Promise.all([stage, ...others].map((each) => computePipeline(gpu, each)));
  expect(new Set(made).size).toBe(1 + others.length);
});
