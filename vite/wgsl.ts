/** `import shader from './some.wgsl'`: the code to run and the layouts of its uniforms, both worked out while building. */
import { readFileSync } from 'node:fs';
import type { EnvironmentModuleNode, Plugin } from 'vite';
import type { Field, Layout, Wgsl } from '../src/gpu/wgsl.ts';
import { needsOf, withNeeds } from './needs.ts';

/** Comments are for readers of the file: in the page they would be a third of the code. */
const withoutComments = (code: string): string =>
  code
    .replace(/[ \t]*\/\/.*$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trimStart();

/** WGSL wants its `enable` lines before all else, so those of several files are kept apart. */
const ENABLE = /^enable (\w+);\n/gm;

function partsOf(file: string): Pick<Wgsl, 'enable' | 'code'> {
  const text = withoutComments(readFileSync(file, 'utf8'));
  return { enable: [...text.matchAll(ENABLE)].map(([, name = '']) => name), code: text.replace(ENABLE, '') };
}

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

/** The layouts of a file's own uniforms; `whole` has the structs that they are made of, too. */
async function uniformsOf(own: string, whole: string): Promise<Record<string, Layout>> {
  const { makeShaderDataDefinitions, makeStructuredView } = await webgpuUtils();
  const { uniforms } = makeShaderDataDefinitions(whole);
  const layoutOf = (uniform: (typeof uniforms)[string]): Layout => {
    const { views, arrayBuffer } = makeStructuredView(uniform);
    const fields = Object.entries(views).map(([name, view]) => [name, fieldOf(view, name)] as const);
    return { binding: uniform.binding, size: arrayBuffer.byteLength, fields: Object.fromEntries(fields) };
  };
  const names = [...own.matchAll(/var<uniform> (\w+)/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    names.map((name) => [name, layoutOf(uniforms[name] as (typeof uniforms)[string])]),
  );
}

/** As a module of JavaScript, which imports what the file needs: code that many need is in the page once. */
async function moduleOf(file: string): Promise<string> {
  const { enable, code } = partsOf(file);
  const whole = withNeeds(file).map((path) => partsOf(path).code);
  const needs = needsOf(file);
  const imports = needs.map((name, i) => `import need${i} from ${JSON.stringify(`./${name}`)};`);
  const own = JSON.stringify({ enable, code, uniforms: await uniformsOf(code, whole.join('\n')) });
  return `${imports.join('\n')}\nexport default { ...${own}, needs: [${needs.map((_, i) => `need${i}`)}] };`;
}

const isShader = ({ file }: EnvironmentModuleNode): boolean => file?.endsWith('.wgsl') ?? false;

/** Shaders and all that need them, directly or not. */
function needing(modules: Iterable<EnvironmentModuleNode>, known = new Set<EnvironmentModuleNode>()) {
  for (const module of modules) {
    if (!isShader(module) || known.has(module)) continue;
    known.add(module);
    needing(module.importers, known);
  }
  return known;
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
    for (const path of withNeeds(file)) this.addWatchFile(path);
    return { code: await moduleOf(file), moduleType: 'js' };
  },
  /** A struct may have changed by which others lay out their uniforms: they are read again, too. */
  hotUpdate({ modules }) {
    return [...new Set([...modules, ...needing(modules)])];
  },
});
