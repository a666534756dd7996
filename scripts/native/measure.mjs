// The part of bench-native.mjs that has the GPU: prints what it found as JSON, one line a part. Exits with NO_ADAPTER where
// there is none.
import { writeSync } from 'node:fs';
import { createServer } from 'vite';
import { create, globals } from 'webgpu';
import { NO_ADAPTER } from './codes.mjs';

const { sizes, rounds, hardwareOnly } = JSON.parse(process.argv[2]);
const say = (part, value) => writeSync(1, `${JSON.stringify({ part, value })}\n`);

Object.assign(globalThis, globals);
// Timers as fine as they are: Dawn rounds them, for the sake of web pages.
const dawn = create(['disable-dawn-features=timestamp_quantization']);
Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn }, configurable: true });
const found = await dawn.requestAdapter({ powerPreference: 'high-performance' });
if (!found || (hardwareOnly && found.info.isFallbackAdapter)) process.exit(NO_ADAPTER);

// Through Vite, as in the page: it reads TypeScript and WGSL.
const server = await createServer({
  server: { middlewareMode: true, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
const bench = await server.ssrLoadModule('/tests/bench/native/main.ts');

const { gpu, ...adapter } = bench.adapter();
// Dawn ends, and the process with it, when one of these is collected.
globalThis.kept = [dawn, found, gpu, gpu.device];
say('adapter', { ...adapter, ...found.info.toJSON?.(), vendor: found.info.vendor });

const checks = await bench.checks();
say('checks', checks);
if (checks.some(({ error, allowed }) => !(error <= allowed))) process.exit(1);
for (const side of sizes) say('times', await bench.times({ n: 1, c: 3, h: side, w: side }, rounds));
process.exit(0);
