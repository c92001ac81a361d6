import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage, type Watched } from './browser.js';
import { LabProcess } from './lab-process.js';

/** A lab with those flags and a browser for the specs of one file; both are there once these run. */
export function openLab(...flags: string[]) {
  let lab: LabProcess;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    lab = await LabProcess.start(...flags);
  });
  afterAll(() => Promise.all([browser?.close(), lab?.stop()]));
  return { lab: () => lab, browser: () => browser };
}

/** One page, watched from its first load on, of a lab for the specs of one file. */
export function openPage() {
  const { lab, browser } = openLab();
  let watched: Watched;
  beforeAll(async () => (watched = await newPage(browser(), lab().link)));
  return { lab, watched: () => watched, page: (): Page => watched.page };
}
