// Makes a fresh clone ready: installs the packages and, with --browser, sees to it that there is a browser to
// test in. Runs before node_modules exists, so it imports nothing from there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findBrowser } from './browser.mjs';

function run(command) {
  console.log(`> ${command}`);
  return spawnSync(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const packagesOf = (lockfile) => JSON.parse(readFileSync(lockfile, 'utf8')).packages;

// npm records what it installed in the lockfile's own form, less the project and what this system skips.
function upToDate() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const installed = packagesOf('node_modules/.package-lock.json');
  const { '': _project, ...wanted } = packagesOf('package-lock.json');
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional;
  });
}

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function installBrowser() {
  console.log('No browser to test in yet.');
  return (
    run('npx playwright install chromium') ||
    (isDebianRoot() && run('apt-get update && apt-get install -y chromium'))
  );
}

if (!upToDate() && !run('npm ci --include=dev')) fail('The packages could not be installed: see above.');

if (process.argv.includes('--browser')) {
  if (!findBrowser()) installBrowser();
  const browser = findBrowser();
  if (!browser) fail('No browser to test in: install Chrome or Chromium, or set CHROMIUM to its path.');
  console.log(`Browser: ${browser}`);
}
