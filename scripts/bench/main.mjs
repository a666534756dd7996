import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from '../browser.mjs';
import { goalText } from './table.mjs';

const { argv } = process;
const quick = argv.includes('--quick');
const write = argv.includes('--write');
const only = argv.includes('--only') ? argv[argv.indexOf('--only') + 1]?.split(',') : undefined;

// The peers are bundled before the page asks for them: to find them later would reload it. ONNX Runtime finds its
// WebAssembly by its own address, so it is left as it is.
const optimizeDeps = {
  include: ['@jax-js/jax', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu'],
  exclude: ['onnxruntime-web'],
};

async function open() {
  const server = await createServer({
    server: { port: 0, strictPort: false, open: false },
    cacheDir: 'node_modules/.vite-bench',
    logLevel: 'warn',
    optimizeDeps,
  });
  await server.listen();
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
      console.error(message.text());
  });
  await page.goto(new URL('tests/bench/bench.html', server.resolvedUrls.local[0]).href);
  await page.waitForFunction(() => 'bench' in globalThis);
  const call = (name, ...given) => page.evaluate(([name, given]) => bench[name](...given), [name, given]);
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { call, close, version: browser.version() };
}

function conditions({ name, timestamps, software }, version) {
  const lines = [
    `${new Date().toISOString().slice(0, 10)}; adapter: ${name}${software ? ', in software' : ''}; ` +
      `Chromium ${version}; times by ${timestamps ? 'timestamp queries' : 'the wall clock'}.`,
  ];
  if (software)
    lines.push(
      `This adapter is a CPU of ${cpus().length} threads (${cpus()[0]?.model.trim()}): nothing here says what a GPU does.`,
    );
  lines.push(
    'The machine may be shared, so what is compared takes turns, round by round, and the figures are medians of the rounds: ' +
      'read the ratios, not the milliseconds.',
  );
  return lines.join('\n');
}

function summary(measured) {
  const goals = measured.flatMap(({ goals }) => goals);
  const order = [...goals.filter(({ met }) => !met), ...goals.filter(({ met }) => met)];
  return order.map((goal) => `- ${goalText(goal)}`).join('\n');
}

/** Runs the sections in one page and prints each as it comes. */
export async function bench(sections) {
  const { call, close, version } = await open();
  try {
    const adapter = await call('adapter');
    const head = conditions(adapter, version);
    console.log(`${head}\n`);
    const measured = [];
    for (const { name, title, measure } of sections) {
      if (only && !only.includes(name)) continue;
      const { text, goals = [] } = await measure({ call, quick, software: adapter.software });
      console.log(`## ${title}\n\n${text}\n`);
      measured.push({ title, text, goals });
    }
    console.log(`## Goals\n\n${summary(measured)}\n`);
    if (write) {
      const file = `docs/bench/${adapter.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.md`;
      const parts = measured.map(({ title, text }) => `## ${title}\n\n${text}`);
      mkdirSync('docs/bench', { recursive: true });
      const command = `npm run ${argv.slice(2).length ? `bench -- ${argv.slice(2).join(' ')}` : 'bench'}`;
      const whole = [
        `# ${adapter.name}`,
        `Made by \`${command}\`. ${head}`,
        `## Goals, losses first\n\n${summary(measured)}`,
        ...parts,
      ];
      writeFileSync(file, `${whole.join('\n\n')}\n`);
      console.log(`written: ${file}`);
    }
  } finally {
    await close();
  }
}
