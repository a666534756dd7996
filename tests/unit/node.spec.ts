import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';

// Without the project's own plugins: what reaches for WGSL cannot be built, and what reaches for a page or a GPU fails.
test('the mathematics runs in plain Node, every file of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diffuscope-node-'));
  try {
    const files = readdirSync('src/diffusion', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => resolve('src/diffusion', file))
      .concat(['src/math.ts', 'src/samplers.ts'].map((file) => resolve(file)));
    const entry = join(folder, 'entry.ts');
    const lines = files.map((file, i) => `export * as file${i} from ${JSON.stringify(file)};`);
    writeFileSync(entry, lines.join('\n'));
    await build({
      ...{ configFile: false, root: folder, logLevel: 'error' },
      build: {
        ssr: entry,
        outDir: join(folder, 'out'),
        minify: false,
        rollupOptions: { output: { entryFileNames: 'all.mjs' } },
      },
    });
    const script = `import * as all from ${JSON.stringify(join(folder, 'out', 'all.mjs'))}; process.stdout.write(String(Object.keys(all).length));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBe(files.length);
    expect(files.length).toBeGreaterThan(50);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
