import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

// Who may use whom. `npm run check` enforces it with biome.json; this test proves that the rules there bite.
const gpu = ['src/gpu/device', 'src/gpu/errors', 'src/gpu/x'];
const passes = ['src/diffusion/x', ...gpu, 'shaders/x'];
const player = ['src/diffusion/x', 'src/gpu/device', 'src/trajectory/x'];
const page = [...player, 'src/player/x', 'src/gpu/errors'];
const mayUse: Record<string, string[]> = {
  'src/diffusion': [],
  'src/gpu': [],
  'src/passes': [...passes, 'src/passes/part/x'],
  'src/passes/part': [...passes, 'src/passes/x'],
  'src/denoisers': ['src/diffusion/x', ...gpu, 'src/passes/x', 'src/passes/part/x'],
  'src/trajectory': ['src/diffusion/x', ...gpu, 'src/passes/x', 'src/passes/part/x', 'src/denoisers/x'],
  'src/player': player,
  'src/page': page,
  'src/page/part': [...page, 'src/page/x'],
};

const folders = Object.keys(mayUse);
const targets = [
  ...folders.map((folder) => `${folder}/x`),
  'src/gpu/device',
  'src/gpu/errors',
  'src/main',
  'shaders/x',
];

// One file for each folder and target, with nothing in it but the one import.
const probes = folders.flatMap((folder) =>
  targets
    .filter((target) => !target.startsWith(`${folder}/`))
    .map((target) => ({
      path: `${folder}/${target.replaceAll('/', '_')}.ts`,
      text: `export * from '${posix.relative(folder, target)}.ts';\n`,
      allowed: mayUse[folder]?.includes(target),
    })),
);

/** The files that Biome complains about, in a copy of the project that holds nothing but the probes. */
function offenders(project: string) {
  for (const file of ['biome.json', '.gitignore']) cpSync(file, join(project, file));
  for (const { path, text } of probes) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--only=style/noRestrictedImports', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: project, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] };
  return diagnostics.map(({ location }) => location.path).sort();
}

test('an import against the arrows is an error, one along them is not', () => {
  const project = mkdtempSync(join(tmpdir(), 'diffuscope-arrows-'));
  try {
    const forbidden = probes.filter(({ allowed }) => !allowed).map(({ path }) => path);
    expect(offenders(project)).toEqual(forbidden.sort());
  } finally {
    rmSync(project, { recursive: true });
  }
});
