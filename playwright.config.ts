import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/browser.mjs';
import { ports } from './vite/ports.ts';

// Playwright would start every server for any run; a run of one project starts only what that project needs.
const { argv } = process;
const wanted = (project: string) =>
  !argv.some((arg) => arg.startsWith('--project')) ||
  argv.some((arg) => arg === project || arg === `--project=${project}`);

const dev = `http://localhost:${ports.test}`;
const preview = `http://localhost:${ports.preview}`;

// Never a server that runs already: it could serve another checkout, or an old build.
const servers = [
  { projects: ['gpu', 'page'], command: `npx vite --port ${ports.test}`, url: dev },
  { projects: ['page'], command: 'npm run build && npx vite preview', url: preview },
];

export default defineConfig({
  testDir: 'tests',
  // A software adapter is slow, more so where others work beside it, and two pages at once would only share its cores.
  timeout: 300_000,
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./tests/count-reporter.ts']],
  use: { launchOptions: launchOptions() },
  projects: [
    { name: 'unit', testDir: 'tests/unit' },
    { name: 'gpu', testDir: 'tests/gpu', use: { baseURL: dev } },
    // A service worker would fetch the whole site beside every test; offline.spec.ts is about it, and lets it.
    { name: 'page', testDir: 'tests/page', use: { baseURL: preview, serviceWorkers: 'block' } },
  ],
  webServer: servers
    .filter(({ projects }) => projects.some(wanted))
    .map(({ command, url }) => ({ command, url, reuseExistingServer: false, timeout: 120_000 })),
});
