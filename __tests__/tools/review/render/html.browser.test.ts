import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { htmlReview } from '../../../../src/tools/review/render/html';
import { chromium } from '../../../support/chromium';
import { emptyFolder } from '../../../support/program';
import { sampleComparison, sampleReview } from '../../../support/sample-review';

const inBrowser = test.skipIf(chromium === undefined);

let browser: Browser;
let html = '';

beforeAll(async () => {
  html = await htmlReview([
    { review: sampleReview, comparison: sampleComparison, region: 'eu-west-1', cost: { before: 120.5, after: 80 } },
  ]);
  if (chromium) browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] });
});

afterAll(() => browser?.close());

inBrowser('a page asks for nothing but itself, complains of nothing and lets no value be more than text', async () => {
  const asked: string[] = [];
  const said: string[] = [];
  const { page, url } = await open({ width: 1200 }, (fresh) => {
    fresh.on('request', (request) => asked.push(request.url()));
    fresh.on('console', (message) => said.push(message.text()));
    fresh.on('pageerror', (error) => said.push(String(error)));
    fresh.on('dialog', (dialog) => said.push(dialog.message()));
  });
  expect(asked).toEqual([url]);
  expect(said).toEqual([]);
  expect(await page.title()).toBe('LOSES DATA: shop-prod');
  expect(await page.evaluate('document.querySelectorAll("script,img,link,iframe,object").length')).toBe(0);
  expect(await page.evaluate('document.body.innerText.includes("<script>document.title")')).toBe(true);
  expect(html).not.toMatch(/\u202E/);
});

inBrowser('a page can reach no network, even where something in it would try', async () => {
  const { page } = await open({ width: 1200 });
  await page.setOfflineMode(false);
  const refused = await page.evaluate(`new Promise((done) => {
    const refused = [];
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      refused.push(blockedURI);
      if (refused.length === 2) done(refused.sort());
    });
    const image = new Image(); image.src = 'https://example.invalid/x.png'; document.body.append(image);
    document.body.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="https://example.invalid/z.css">');
  })`);
  expect(refused).toEqual(['https://example.invalid/x.png', 'https://example.invalid/z.css']);
  expect(await page.evaluate('fetch("https://example.invalid/y").then(() => "read", () => "refused")')).toBe('refused');
});

inBrowser('a page fits a phone of 360 pixels, with everything open', async () => {
  const { page } = await open({ width: 360 });
  await openAll(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
});

for (const scheme of ['light', 'dark'] as const) {
  inBrowser(`every text has enough contrast in the ${scheme}`, async () => {
    const { page } = await open({ width: 1200, scheme });
    await openAll(page);
    expect(await page.evaluate(`(${faint})()`)).toEqual([]);
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(scheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
  });
}

inBrowser('the keyboard reaches every finding and filter, and shows where it is', async () => {
  const { page } = await open({ width: 1200 });
  const wanted = await page.evaluate('document.querySelectorAll("summary,input,a,figure").length');
  const reached = new Set<string>();
  for (let step = 0; step < Number(wanted); step++) {
    await page.keyboard.press('Tab');
    reached.add(
      String(
        await page.evaluate(`{
          const here = document.activeElement;
          const style = getComputedStyle(here);
          style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
            ? here.tagName + [...document.querySelectorAll(here.tagName)].indexOf(here) : 'unseen ' + here.outerHTML;
        }`),
      ),
    );
  }
  expect([...reached].filter((one) => one.startsWith('unseen'))).toEqual([]);
  expect(reached.size).toBe(wanted);
  expect([...reached][0]).toBe('A0');
});

inBrowser('a filter hides the findings of its verdict and no others', async () => {
  const { page } = await open({ width: 1200 });
  const shown = () =>
    page.evaluate(
      '[...document.querySelectorAll(".finding")].filter(one => one.checkVisibility()).map(one => one.className)',
    );
  const all = (await shown()) as string[];
  await page.focus('#show-outage');
  await page.keyboard.press('Space');
  expect(await shown()).toEqual(all.filter((name) => name !== 'finding outage'));
});

inBrowser('a page has landmarks, headings in order and a name for what can be reached', async () => {
  const { page } = await open({ width: 1200 });
  expect(
    await page.evaluate('["header","main","footer","form"].map(one => document.querySelectorAll(one).length)'),
  ).toEqual([1, 1, 1, 1]);
  const levels = (await page.evaluate(
    '[...document.querySelectorAll("h1,h2,h3,h4")].map(one => +one.tagName[1])',
  )) as number[];
  expect(levels[0]).toBe(1);
  // A change's heading stands below the name of its thing, which opens it.
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 2)).toEqual([]);
  const ids = (await page.evaluate('[...document.querySelectorAll("[id]")].map(one => one.id)')) as string[];
  expect(new Set(ids).size).toBe(ids.length);
});

inBrowser('words of the picture stay in their boxes, and boxes apart', async () => {
  const { page } = await open({ width: 1200 });
  expect(await page.evaluate(`(${misplaced})()`)).toEqual([]);
});

inBrowser('what is seen is a page and not a blank sheet', async () => {
  const { page, folder } = await open({ width: 1200, scheme: 'dark' });
  const shot = await page.screenshot({ path: join(folder, 'page.png') as `${string}.png`, encoding: 'base64' });
  const deviation = await page.evaluate(`(${spread})(${JSON.stringify(`data:image/png;base64,${shot}`)})`);
  expect(deviation).toBeGreaterThan(10);
});

interface Look {
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
}

async function open({ width, scheme = 'light' }: Look, watch: (page: Page) => void = () => undefined) {
  const folder = emptyFolder();
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const page = await browser.newPage();
  watch(page);
  await page.setOfflineMode(true);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 800 });
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, url, folder };
}

function openAll(page: Page): Promise<unknown> {
  return page.evaluate('document.querySelectorAll("details").forEach(one => { one.open = true; })');
}

/** In the page: texts with less than 4.5 to 1 against the nearest ground under them. */
const faint = `() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (text) => {
    const [r, g, b] = rgb(text).map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
  };
  const texts = [...document.body.querySelectorAll('*')].filter((one) =>
    !one.closest('svg') && one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.flatMap((one) => {
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    return contrast < 4.5 ? [one.outerHTML.slice(0, 80) + ' ' + contrast.toFixed(2)] : [];
  });
}`;

/** In the page: texts of nodes that leave their box, and boxes that lie on others. */
const misplaced = `() => {
  const boxes = [...document.querySelectorAll('.node .box')];
  const leaving = boxes.flatMap((box) => [...box.parentElement.querySelectorAll('text:not(.sign)')].filter((text) => {
    const inner = text.getBBox(), outer = box.getBBox();
    return inner.x + inner.width > outer.x + outer.width || inner.y + inner.height > outer.y + outer.height;
  })).map((text) => text.textContent);
  const titles = [...document.querySelectorAll('.area')].filter((area) =>
    area.querySelector('text').getBBox().width + 12 > area.querySelector('rect').getBBox().width).map((area) => area.textContent);
  const lying = boxes.filter((one) => boxes.some((other) => {
    const a = one.getBBox(), b = other.getBBox();
    return one !== other && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  })).map((one) => one.parentElement.textContent);
  return [...leaving, ...titles, ...lying];
}`;

/** In the page: how far the pixels of a picture lie from their mean. */
const spread = `async (source) => {
  const bytes = Uint8Array.from(atob(source.split(',')[1]), (one) => one.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const grey = Array.from({ length: data.length / 4 }, (_, at) => data[at * 4 + 1]);
  const mean = grey.reduce((sum, one) => sum + one, 0) / grey.length;
  return Math.sqrt(grey.reduce((sum, one) => sum + (one - mean) ** 2, 0) / grey.length);
}`;
