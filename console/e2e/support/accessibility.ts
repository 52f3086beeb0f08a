import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns what axe calls serious or critical on a page, or within an element of it, with the places. */
export async function seriousMistakes(page: Page, within = 'html'): Promise<readonly string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"] })`)) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`));
}
