/** What a WGSL file says that it needs, and who is read with it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { createServer } from 'vite';
import type { Wgsl } from '../../src/gpu/wgsl.ts';
import { withNeeds } from '../../vite/needs.ts';
import { wgsl } from '../../vite/wgsl.ts';

/** Files of a folder of the test's own; returns the folder. */
function written(files: Record<string, string>): string {
  const folder = test.info().outputPath('shaders');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const GRID = 'override SIZE: u32;\n';

test('a file comes with all that it needs, each once, after what it needs itself', () => {
  const folder = written({
    'grid.wgsl': GRID,
    'a/sum.wgsl': '// needs ../grid.wgsl\n',
    'a/fold.wgsl': '// Folds.\n// needs sum.wgsl, ../grid.wgsl\n// needs no barrier, and so on.\n',
  });
  const found = withNeeds(join(folder, 'a/fold.wgsl')).map((file) => relative(folder, file));
  expect(found).toEqual(['grid.wgsl', 'a/sum.wgsl', 'a/fold.wgsl']);
});

test('files that need each other in a circle are refused, and the whole way round is named', () => {
  const folder = written({
    'entry.wgsl': '// needs a.wgsl\n',
    'a.wgsl': '// needs b.wgsl\n',
    'b.wgsl': '// needs a.wgsl\n',
  });
  const at = (name: string) => relative('.', join(folder, name));
  expect(() => withNeeds(join(folder, 'entry.wgsl'))).toThrow(
    `a circle: ${at('a.wgsl')} needs ${at('b.wgsl')} needs ${at('a.wgsl')}`,
  );
});

test('a file that is missing is named, with the file and the line that needs it', () => {
  const folder = written({ 'a.wgsl': '// Adds.\n\n// needs sum.wgsl\n' });
  const at = relative('.', join(folder, 'a.wgsl'));
  expect(() => withNeeds(join(folder, 'a.wgsl'))).toThrow(`${at}:3 needs sum.wgsl, which is not there`);
});

/** A file as a page gets it. */
async function served(
  folder: string,
  use: (load: () => Promise<Wgsl>, touch: () => Promise<void>) => Promise<void>,
) {
  const server = await createServer({
    configFile: false,
    root: folder,
    plugins: [wgsl()],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'silent',
  });
  const load = async () => (await server.ssrLoadModule('/fold.wgsl')).default as Wgsl;
  // As the server itself does it when a watched file changes.
  const touch = async () => {
    const environment = server.environments.ssr;
    const modules = [...(environment.moduleGraph.getModulesByFile(join(folder, 'part.wgsl')) ?? [])];
    const hook = wgsl().hotUpdate as (options: object) => (typeof modules)[number][];
    for (const module of hook({ modules })) environment.moduleGraph.invalidateModule(module);
  };
  try {
    await use(load, touch);
  } finally {
    await server.close();
  }
}

const part = (fields: string) => `struct Part { ${fields} }\n`;

test('a page has what is needed once, extensions apart, and layouts of structs that stand elsewhere', async () => {
  const folder = written({
    'part.wgsl': part('n: u32, scale: vec3f'),
    'fold.wgsl':
      'enable subgroups;\n// needs part.wgsl\n\n@group(0) @binding(2) var<uniform> part: Part;  // of the set\n',
  });
  await served(folder, async (load, touch) => {
    const fold = await load();
    expect(fold.needs.map(({ code }) => code)).toEqual([part('n: u32, scale: vec3f')]);
    expect(fold.enable).toEqual(['subgroups']);
    expect(fold.code.trim()).toBe('@group(0) @binding(2) var<uniform> part: Part;');
    expect(fold.uniforms.part).toMatchObject({ binding: 2, size: 32, fields: { scale: { offset: 16 } } });

    writeFileSync(join(folder, 'part.wgsl'), part('scale: vec3f, n: u32'));
    await touch();
    expect((await load()).uniforms.part).toMatchObject({ size: 16, fields: { scale: { offset: 0 } } });
  });
});
