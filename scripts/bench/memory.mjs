import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { sideOf } from './table.mjs';

function scripts() {
  if (!existsSync('dist/assets')) return [];
  const files = readdirSync('dist/assets').filter((file) => file.endsWith('.js'));
  return files.map((name) => {
    const gzipped = gzipSync(readFileSync(`dist/assets/${name}`)).length;
    return `- ${name}: ${(gzipped / 1000).toFixed(1)} kB gzipped`;
  });
}

export const memory = {
  name: 'memory',
  title: 'Memory and scripts',
  async measure({ call, quick }) {
    const side = sideOf(quick);
    const bytes = await call('memory', side);
    const run = `GPU memory of a run at ${side}², T = 1000: ${(bytes / 2 ** 20).toFixed(2)} MiB.`;
    return { text: [run, ...scripts()].join('\n') };
  },
};
