import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { csp } from './vite/csp.ts';
import { ports } from './vite/ports.ts';
import { wgsl } from './vite/wgsl.ts';

const shared: UserConfig = {
  // Relative, so that the site can be put into any folder.
  base: './',
  build: { target: 'es2023', modulePreload: { polyfill: false } },
  // A browser opens only for a person at a terminal; the URL is printed always.
  server: { port: ports.dev, strictPort: true, open: Boolean(process.stdout.isTTY) && !process.env.CI },
  preview: { port: ports.preview, strictPort: true },
};

const pwa = VitePWA({
  registerType: 'autoUpdate',
  includeManifestIcons: false, // the globs below have them already
  manifest: {
    name: 'diffuscope',
    short_name: 'diffuscope',
    description: 'Watch diffusion, and undo it: an exact in-browser WebGPU diffusion sampler.',
    theme_color: '#ffffff',
    background_color: '#ffffff',
    icons: [
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: { globPatterns: ['**/*.{html,js,css,svg,png,webp}'], globIgnores: ['diffuscope.html'] },
});

const site: UserConfig = { ...shared, plugins: [wgsl(), pwa, csp(false)] };

const publicDir = fileURLToPath(new URL('public', import.meta.url));

// The single file keeps the icon, as a data: URL, and drops what a browser would have to fetch.
const inlineIcon: Plugin = {
  name: 'diffuscope:inline-icon',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html
        .replace(/^ *<link rel="apple-touch-icon".*\n/m, '')
        .replace('href="/icon.svg"', 'href="/public/icon.svg?inline"'),
  },
};

const single: UserConfig = {
  ...shared,
  // Without a public folder, its files are assets like any other, and so are inlined.
  publicDir: false,
  resolve: { alias: [{ find: /^\/(?=.+\.(webp|png)$)/, replacement: `${publicDir}/` }] },
  build: { ...shared.build, emptyOutDir: false },
  plugins: [wgsl(), inlineIcon, viteSingleFile({ outputFileName: 'diffuscope.html' }), csp(true)],
};

export default defineConfig(({ mode }) => (mode === 'single' ? single : site));
