/** A minute of a visitor's whims; `npm run soak` takes ten. */
import { faultsOf } from '../../scripts/soak/faults.mjs';
import { soak } from '../../scripts/soak/soak.mjs';
import { expect, test } from './fixture.ts';

test('a minute of playing, scrubbing, resizing, switching and losing the device leaves nothing behind', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const found = await soak(page, `${baseURL}/`, { ms: 60_000 });
  for (const name of ['settings', 'play', 'scrub', 'resize', 'view', 'generate', 'lose the device'])
    expect(found.done[name], name).toBeGreaterThan(0);
  // The tests' browser computes on the CPU.
  expect(faultsOf(found, true)).toEqual([]);
});
