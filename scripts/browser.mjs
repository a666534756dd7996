// Which browser to use, and with which flags: for the tests, the benchmark and the pictures in the README.
// Imports nothing from node_modules at the top level: setup.mjs runs before they are installed.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const { env, platform } = process;

const onPath = (names) =>
  (env.PATH ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));

const installed = {
  linux: () => onPath(['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']),
  darwin: () =>
    ['Google Chrome', 'Chromium'].flatMap((name) =>
      ['/Applications', join(env.HOME ?? '', 'Applications')].map((dir) =>
        join(dir, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    ),
  win32: () =>
    [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((dir) => dir !== undefined)
      .flatMap((dir) =>
        ['Google\\Chrome', 'Chromium'].map((name) => join(dir, name, 'Application', 'chrome.exe')),
      ),
};

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright').chromium.executablePath();
  } catch {
    return undefined; // Playwright is not installed yet, or has no browser for this system.
  }
}

/** The path of the browser to use, or undefined where there is none. $CHROMIUM goes before all others. */
export function findBrowser() {
  if (env.CHROMIUM) return env.CHROMIUM;
  const candidates = [...(installed[platform]?.() ?? []), playwrightsOwn()];
  return candidates.find((path) => path && existsSync(path));
}

// Chrome on Linux offers WebGPU only when asked; elsewhere the flag is harmless. In software, drawing must go
// the same way as computing: with only one of Vulkan and ANGLE in SwiftShader, a canvas ends the GPU process.
const webgpu = ['--enable-unsafe-webgpu'];
const linux = [...webgpu, '--enable-features=Vulkan'];
const software = ['--use-vulkan=swiftshader', '--use-angle=swiftshader', '--use-webgpu-adapter=swiftshader'];
const hardware = ['--use-angle=vulkan', '--disable-vulkan-surface', '--ignore-gpu-blocklist'];

function flags() {
  if (platform !== 'linux') return webgpu;
  return [...linux, ...(env.DIFFUSCOPE_ADAPTER === 'hardware' ? hardware : software)];
}

/** Launch options for Playwright: a headless browser with WebGPU. */
export const launchOptions = () => ({ executablePath: findBrowser(), args: flags() });
