/** A visit to the built page. Whatever a test does, the page may log no error and ask nothing of another origin. */
import { test as plain } from '@playwright/test';
import { expect, Visit } from './visit.ts';

export { expect };

interface Fixtures {
  visit: Visit;
  /** Errors that the test means to cause; any other fails it. */
  expected: RegExp[];
  watched: undefined;
}

export const test = plain.extend<Fixtures>({
  visit: ({ page }, use) => {
    // Listening from the start: the browser takes a moment to hand its file dialogues over.
    page.on('filechooser', () => {});
    return use(new Visit(page));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  expected: ({}, use) => use([]),
  watched: [
    async ({ context, baseURL, expected }, use) => {
      const faults: string[] = [];
      context.on('request', (request) => {
        const own = request.url().startsWith(`${baseURL}/`);
        if (!own && !/^(data|blob|about):/.test(request.url())) faults.push(`asks for ${request.url()}`);
      });
      context.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      context.on('weberror', (error) => faults.push(error.error().message));
      await use(undefined);
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});
