// `npm run bench:native`: the page's kernels through Dawn, without a browser: on the GPU where there is one, else on the
// software adapter that the browser brings along. Correctness first, then times; beside them PyTorch's, where python3
// has it ($PYTHON names another). Writes docs/bench/<device>.md. `-- --quick` is a short check that it works, and writes
// to the terminal only.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { NO_ADAPTER } from './native/codes.mjs';
import { softwareEnvironment } from './native/software.mjs';
import { report, slug } from './native/table.mjs';

const quick = process.argv.includes('--quick');
const plans = {
  hardware: { sizes: [256, 512, 1024, 2048, 4096], rounds: 9, hardwareOnly: true },
  software: { sizes: [256, 512, 1024, 2048], rounds: 5, hardwareOnly: false },
};
const short = { sizes: [64, 128], rounds: 2 };

/** What a child with this plan and environment found; undefined where it has no adapter. */
function measured(plan, environment) {
  const { status, signal, stdout } = spawnSync(
    process.execPath,
    ['scripts/native/measure.mjs', JSON.stringify(quick ? { ...plan, ...short } : plan)],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  );
  if (status === NO_ADAPTER) return undefined;
  const parts = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const all = (name) => parts.filter(({ part }) => part === name).map(({ value }) => value);
  if (status !== 0) {
    console.error(parts.map((part) => JSON.stringify(part)).join('\n'));
    throw new Error(`measuring ended with ${signal ?? status}`);
  }
  return { adapter: all('adapter')[0], checks: all('checks')[0], measured: all('times') };
}

function peersOf({ sizes, rounds }) {
  const python = process.env.PYTHON ?? 'python3';
  const asked = JSON.stringify(quick ? short : { sizes, rounds });
  const { error, status, stdout, stderr } = spawnSync(python, ['scripts/native/peers.py', asked], {
    encoding: 'utf8',
  });
  if (error) return { absent: `${python} is not to be found` };
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

const onHardware = measured(plans.hardware, {});
if (!onHardware) console.log('No GPU that Dawn can use: on the software adapter, then.');
const software = onHardware ? undefined : softwareEnvironment();
const found = onHardware ?? (software && measured(plans.software, software));
if (!found) throw new Error('no adapter at all: neither a GPU, nor a browser that brings SwiftShader along');
const text = report({
  ...found,
  peers: peersOf(onHardware ? plans.hardware : plans.software),
  date: new Date().toISOString().slice(0, 10),
  host: `${cpus()[0].model.trim()}, ${cpus().length} cores`,
});
console.log(text);
if (!quick) {
  const file = `docs/bench/${slug(found.adapter)}.md`;
  mkdirSync('docs/bench', { recursive: true });
  writeFileSync(file, text);
  console.log(`Written to ${file}.`);
}
