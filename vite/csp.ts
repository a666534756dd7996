import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const site = {
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'media-src': "'self' blob: mediastream:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
};

// A single file has no origin of its own: what it may run is named by its hash, and it fetches nothing.
const single = (html: string) => ({
  'script-src': hashes(html, 'script'),
  'style-src': hashes(html, 'style'),
  'img-src': 'data: blob:',
  'media-src': 'blob: mediastream:',
  'connect-src': "'none'",
});

function hashes(html: string, tag: string) {
  const bodies = [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]+?)</${tag}>`, 'g'))];
  const sources = bodies.map(
    ([, body = '']) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`,
  );
  return sources.join(' ') || "'none'";
}

function withPolicy(html: string, sources: Record<string, string>) {
  const all = { 'default-src': "'none'", ...sources, 'base-uri': "'none'", 'form-action': "'none'" };
  const content = Object.entries(all)
    .map((directive) => directive.join(' '))
    .join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${content}" />`;
  // A replacer function: `$` in a replacement string would be special.
  return html.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${meta}`);
}

/** Writes the Content-Security-Policy into the built page. The dev server has none: its client needs more. */
export const csp = (isSingle: boolean): Plugin => ({
  name: 'diffuscope:csp',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
        const html = String(file.source);
        file.source = withPolicy(html, isSingle ? single(html) : site);
      }
    },
  },
});
