// A headless Chromium that can reach nothing but this machine.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, requireTool } from './paths.mjs';
import { DEADLINE } from './waiting.mjs';

const SIZE = { width: 1400, height: 900 };

export async function launchBrowser() {
  const { chromium } = requireTool('playwright-core');
  return chromium.launch({
    executablePath: execFileSync(join(ROOT, 'dev/chromium.sh'), { encoding: 'utf8' }).trim(),
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none',
    ],
  });
}

/** Opens an address of code-server and waits for the workbench. `blocked` collects every request that wanted to leave this machine. */
export async function openPage(browser, address, { blocked = [], size = SIZE } = {}) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', colorScheme: 'dark' });
  context.setDefaultTimeout(DEADLINE);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(address).origin });
  await context.route((url) => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('localhost'), (route) => {
    blocked.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 2 * DEADLINE });
  return page;
}
