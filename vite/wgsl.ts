/** `import shader from './some.wgsl'`: the code to run and the layouts of its uniforms, both worked out while building. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { Field, Layout, Wgsl } from '../src/gpu/wgsl.ts';

/** Comments are for readers of the file: in the page they would be a third of the code. */
const withoutComments = (code: string): string =>
  code
    .replace(/[ \t]*\/\/.*$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trimStart();

/** Made for browsers, webgpu-utils 2.1.1 names, as it loads, what Node 20 does not have. */
function webgpuUtils(): Promise<typeof import('webgpu-utils')> {
  const scope = globalThis as { GPUShaderStage?: unknown; Float16Array?: unknown };
  scope.GPUShaderStage ??= { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 };
  scope.Float16Array ??= Uint16Array;
  return import('webgpu-utils');
}

function fieldOf(view: unknown, name: string): Field {
  if (view instanceof Float32Array || view instanceof Int32Array || view instanceof Uint32Array) {
    const type = view instanceof Float32Array ? 'f32' : view instanceof Int32Array ? 'i32' : 'u32';
    return { offset: view.byteOffset, type, length: view.length };
  }
  throw new Error(`${name}: only 32-bit scalars, vectors and matrices can be in a uniform here`);
}

async function uniformsOf(code: string): Promise<Record<string, Layout>> {
  const { makeShaderDataDefinitions, makeStructuredView } = await webgpuUtils();
  const { uniforms } = makeShaderDataDefinitions(code);
  const layoutOf = (uniform: (typeof uniforms)[string]): Layout => {
    const { views, arrayBuffer } = makeStructuredView(uniform);
    const fields = Object.entries(views).map(([name, view]) => [name, fieldOf(view, name)] as const);
    return { size: arrayBuffer.byteLength, fields: Object.fromEntries(fields) };
  };
  return Object.fromEntries(Object.entries(uniforms).map(([name, uniform]) => [name, layoutOf(uniform)]));
}

/**
 * Reading WGSL takes a parser of 35 kB gzipped, which no visitor needs, and which would not start in browsers of before
 * 2025. webgpu-utils 2.1.1 takes `workgroup` and `block` for keywords: WGSL cannot use them as names.
 */
export const wgsl = (): Plugin => ({
  name: 'diffuscope:wgsl',
  enforce: 'pre',
  async load(id) {
    const [file = '', query = ''] = id.split('?');
    if (!file.endsWith('.wgsl') || query.includes('raw')) return undefined;
    this.addWatchFile(file);
    const code = withoutComments(readFileSync(file, 'utf8'));
    const shader: Wgsl = { code, uniforms: await uniformsOf(code) };
    return { code: `export default ${JSON.stringify(shader)}`, moduleType: 'js' };
  },
});
