// Dawn on the browser's own software adapter: Chromium brings SwiftShader along, and often a Vulkan loader, too.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../browser.mjs';

const ICD = 'vk_swiftshader_icd.json';

/** Environment variables that make Dawn find the browser's software adapter; undefined where the browser has none. */
export function softwareEnvironment() {
  const browser = findBrowser();
  if (!browser) return undefined;
  // Debian's /usr/bin/chromium is a script that starts the one in /usr/lib/chromium.
  const folders = [dirname(realpathSync(browser)), '/usr/lib/chromium', '/usr/lib/chromium-browser'];
  const folder = folders.find((path) => existsSync(join(path, ICD)));
  if (!folder) return undefined;
  const { LD_LIBRARY_PATH } = process.env;
  return {
    VK_ICD_FILENAMES: join(folder, ICD),
    LD_LIBRARY_PATH: LD_LIBRARY_PATH ? `${LD_LIBRARY_PATH}:${folder}` : folder,
  };
}
