/** What stands in someone's way. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds serious or critical, in words that say where. */
export async function obstacles(
  page: Page,
  schemes: readonly ('light' | 'dark')[],
  within: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include(within).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { id, nodes } of grave)
      for (const { target, failureSummary } of nodes)
        found.push(`${colorScheme}: ${id}: ${target}: ${failureSummary}`);
  }
  return found;
}
