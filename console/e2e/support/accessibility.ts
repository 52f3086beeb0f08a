import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns what axe calls serious or critical on a page, or within an element of it, with the places. */
export async function seriousMistakes(page: Page, within = 'html'): Promise<readonly string[]> {
  await page.waitForLoadState('networkidle');
  // Colours in the middle of a transition are of no use to judge.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"] })`)) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`));
}
