/** What stands in someone's way. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Rules that look at colours; all others find the same in every scheme. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** What axe finds serious or critical, in words that say where: by all rules in the first scheme, by colour in the others. */
export async function obstacles(
  page: Page,
  schemes: readonly ('light' | 'dark')[],
  within = 'html',
): Promise<string[]> {
  const found: string[] = [];
  for (const [i, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme });
    const runOnly = { type: 'rule', values: OF_COLOUR } as const;
    // What is found right needs no list; and without frames none of axe's own pages to bring them together.
    const { violations } = await new AxeBuilder({ page })
      .include(within)
      .options({ resultTypes: ['violations'], preload: false, ...(i > 0 && { runOnly }) })
      .setLegacyMode()
      .analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { id, nodes } of grave)
      for (const { target, failureSummary } of nodes)
        found.push(`${colorScheme}: ${id}: ${target}: ${failureSummary}`);
  }
  return found;
}
