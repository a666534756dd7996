// `npm run conformance -- FILE… [--gpu]`: holds the library against files of reference figures, and exits with 1 where
// they disagree. With --gpu, what the shaders compute too.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const main = fileURLToPath(new URL('conformance/main.ts', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(main, { root, configFile: false, logLevel: 'error' });
process.exitCode = await module.main(process.argv.slice(2));
